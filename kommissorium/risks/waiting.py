"""What of the risks waits for a person: for the overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Q, QuerySet, TextField, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.risks.models import Acceptance, AcceptedRisk, Capacity, PlanAction, Scenario
from kommissorium.risks.models.acceptances import AcceptanceQuerySet

ANSWER, SLIPPED, OWNERLESS = "answer", "slipped", "ownerless"
KINDS = (ANSWER, SLIPPED, OWNERLESS)


class Waiting(NamedTuple):
    """One thing to do: a sentence, and the button that leads to where it is done."""

    text: str
    action: str
    url: str
    urgent: bool


def waiting_of(person: Person, today: date) -> list[Waiting]:
    """Return the acceptances to answer, own actions that have slipped, and for a coordinator the
    risks without an owner. One query, whatever there is."""
    first, *others = waiting_rows(person, today)
    return in_words(first.union(*others, all=True).order_by())


def waiting_rows(person: Person, today: date) -> list[QuerySet[Any, Any]]:
    """Return the questions whose rows, all together, tell what waits: see in_words()."""
    parts = [
        _counted(ANSWER, to_answer(person, today)),
        _counted(SLIPPED, PlanAction.objects.slipped(today).filter(task__owner=person)),
    ]
    if person.is_coordinator:
        bare = Scenario.objects.in_force().filter(owner=None)
        parts.append(_counted(OWNERLESS, bare))
    return parts


def in_words(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Waiting]:
    """Return what waits from the rows of waiting_rows(); others are passed over."""
    told = {kind: values.get("number", 0) for kind, values in rows if kind in KINDS}
    return [_in_words(kind, told[kind]) for kind in KINDS if told.get(kind)]


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


def _counted(what: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return one row that says how many there are."""
    counted: QuerySet[Any, Any] = (
        rows.order_by().values(_told=Value(what, TextField())).annotate(number=Count("pk"))
    )
    counted = counted.annotate(_row=JSONObject(number="number"))
    return counted.values_list("_told", "_row")


def _in_words(what: str, number: int) -> Waiting:
    if what == ANSWER:
        text = ngettext(
            "%(number)d proposal to accept risks waits for your answer.",
            "%(number)d proposals to accept risks wait for your answer.",
            number,
        )
        url = f"{reverse('acceptances')}?show=mine"
        return Waiting(text % {"number": number}, _("Look and answer"), url, urgent=True)
    if what == SLIPPED:
        text = ngettext(
            "%(number)d action of yours against a risk is late or cannot be done.",
            "%(number)d actions of yours against risks are late or cannot be done.",
            number,
        )
        url = f"{reverse('plan')}?show=slipped&mine=1"
        return Waiting(text % {"number": number}, _("See the actions"), url, urgent=True)
    text = ngettext("%(number)d risk has no owner.", "%(number)d risks have no owner.", number)
    url = f"{reverse('risk_list')}?owner=none"
    return Waiting(text % {"number": number}, _("See the risks"), url, urgent=False)
