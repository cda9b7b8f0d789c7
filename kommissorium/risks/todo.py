"""Whom risks wait for: to-do lines of the overview, and reminders of what expires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.risks.models import Acceptance, AcceptedRisk, Capacity, PlanAction, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet

STAGES = (30, 7, 0)  # days before
LATE = 14  # days after: whoever was not reached in time still hears of it


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for owner and coordinators, the newest stage each expiring acceptance has reached."""
    acceptances = list(near(on).prefetch_related("risks__scenario"))
    if not acceptances:
        return
    coordinators = _reachable(Person.objects.with_role("coordinator", on))
    for acceptance in acceptances:
        owners = Person.objects.filter(owned_risks__acceptances__acceptance=acceptance)
        people = {one.pk: one for one in (*_reachable(owners.distinct()), *coordinators)}
        for person in people.values():
            yield _reminder(acceptance, person, on)


def near(on: date) -> AcceptanceQuerySet:
    """Return the acceptances that expire soon or have just expired, the first to first."""
    days = (on - timedelta(days=LATE), on + timedelta(days=max(STAGES)))
    return Acceptance.objects.standing().filter(expires_on__range=days).order_by("expires_on", "pk")


def stage(expires_on: date, on: date) -> int | None:
    """Return the newest stage reached: 30, 7 or 0 days before; None before all."""
    left = (expires_on - on).days
    return next((days for days in sorted(STAGES) if left <= days), None)


def _reachable(people: Iterable[Person]) -> list[Person]:
    return [one for one in people if one.is_active and one.email]


def _reminder(acceptance: Acceptance, person: Person, on: date) -> Reminder:
    is_read = Acceptance.objects.visible_to(person).filter(pk=acceptance.pk).exists()
    with translation.override(person.language):
        heading, text, url = line_of(acceptance, person, on, is_read=is_read)
    key = f"acceptance:{acceptance.pk}:{stage(acceptance.expires_on, on)}"
    return Reminder(person, key, text, url, heading)


def line_of(
    acceptance: Acceptance, person: Person, on: date, *, is_read: bool
) -> tuple[str, str, str]:
    """Return heading, text and page of the acceptance, as the active language has it.

    Who does not read all risks of it is told of their own and no amount.
    """
    rows = acceptance.risks.all()
    risks = [row.scenario for row in rows if is_read or row.scenario.owner_id == person.pk]
    heading, text = _in_words(acceptance, risks, on, says_amount=is_read)
    return heading, text, (acceptance if is_read else risks[0]).get_absolute_url()


def _in_words(
    acceptance: Acceptance, risks: Sequence[Scenario], on: date, *, says_amount: bool
) -> tuple[str, str]:
    title = risks[0].title
    title = title if len(risks) == 1 else _("%(title)s and more") % {"title": title}
    values = {
        "title": title,
        "amount": acceptance.loss_in_words,
        "day": day(acceptance.expires_on),
    }
    if acceptance.expires_on < on:
        text = _("%(title)s: the acceptance of %(amount)s expired on %(day)s.")
        short = _("%(title)s: the acceptance expired on %(day)s.")
        return _("Accepted risks that have expired"), (text if says_amount else short) % values
    text = _("%(title)s: the acceptance of %(amount)s holds until %(day)s.")
    short = _("%(title)s: the acceptance holds until %(day)s.")
    return _("Risk acceptances that expire"), (text if says_amount else short) % values


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
        yield Todo(text, _("See"), url, due=acceptance.expires_on)


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
