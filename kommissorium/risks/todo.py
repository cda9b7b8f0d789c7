"""To-do items of the risks on the overview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.ui.todo import Todo
from kommissorium.risks.models import Acceptance, AcceptedRisk, Capacity, PlanAction, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet
from kommissorium.risks.reminders import line_of, near


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield the acceptances to answer, those that expire, and for a coordinator the risks without
    an owner; four queries at most. An action against a risk waits as the task it is."""
    if number := to_answer(person, today).order_by().count():
        text = ngettext(
            "%(number)d proposal to accept risks waits for your answer.",
            "%(number)d proposals to accept risks wait for your answer.",
            number,
        )
        url = f"{reverse('acceptances')}?show=mine"
        yield Todo(text % {"number": number}, _("Look and answer"), url, urgent=True)
    yield from _expiring(person, today)
    if person.is_coordinator and (number := Scenario.objects.in_force().filter(owner=None).count()):
        text = ngettext("%(number)d risk has no owner.", "%(number)d risks have no owner.", number)
        url = f"{reverse('risk_list')}?without_owner=1"
        yield Todo(text % {"number": number}, _("See the risks"), url)


def _expiring(person: Person, today: date) -> Iterator[Todo]:
    """Yield the acceptances that expire, for the owners of their risks and the coordinators."""
    found = near(today).prefetch_related("risks__scenario")
    if not person.is_coordinator:
        found = found.filter(
            pk__in=AcceptedRisk.objects.filter(scenario__owner=person).values("acceptance")
        )
    read = (
        set(
            Acceptance.objects.visible_to(person)
            .filter(pk__in=[one.pk for one in found])
            .values_list("pk", flat=True)
        )
        if found
        else set()
    )
    for acceptance in found:
        _heading, text, url = line_of(acceptance, person, today, is_read=acceptance.pk in read)
        yield Todo(text, _("Look at it"), url, due=acceptance.expires_on)


def out_of_reach(person: Person) -> list[str]:
    """Return the pages of the person's tasks against risks that cannot be done; one query."""
    tasks = (
        PlanAction.objects.impossible().filter(task__owner=person).values_list("task", flat=True)
    )
    return [reverse("task", args=[pk]) for pk in tasks]


def to_answer(person: Person, today: date) -> AcceptanceQuerySet:
    """Return the proposed acceptances that are `person`'s to answer, each once.

    A list of what to look at: whether one may is asked again when one does.
    """
    risks = AcceptedRisk.objects
    own = risks.filter(scenario__owner=person)
    area = Q(scenario__assessment__assets__area__head=person)
    headed = risks.filter(area | Q(scenario__assessment__area__head=person))
    led = Committee.objects.led_by(person)
    before = risks.filter(
        Q(scenario__assessment__committee__in=led.values("pk"))
        | Q(scenario__assessment__committee=None)
    )
    wanted = Q(capacity=Capacity.OWNER, pk__in=own.values("acceptance"))
    wanted |= Q(capacity=Capacity.HEAD, pk__in=headed.values("acceptance"))
    leads = Q(pk__in=before.values("acceptance")) & Q(capacity=Capacity.CHAIR)
    wanted |= leads & Q(Exists(led.values("pk")))
    if person.is_executive:
        wanted |= Q(capacity=Capacity.EXECUTIVE)
    waiting = Acceptance.objects.waiting_on(today).exclude(proposed_by=person)
    return waiting.filter(wanted)
