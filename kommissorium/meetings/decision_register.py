"""The register of decisions: filters, sorting, and decisions still to come into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person, danish_order
from kommissorium.committees.models import Committee
from kommissorium.core.ui.navigation import sorted_by
from kommissorium.meetings.forms.decisions import COMMITTEE, DecisionFilter
from kommissorium.meetings.models import AgendaItem, Attendance, Decision, Meeting, Outcome
from kommissorium.meetings.models.decisions import DECISION, DecisionQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

COLUMNS = {
    "number": "number_order",
    "date": "decided_at",
    "title": "title_order",
    "outcome": "outcome_order",
}
NEWEST_FIRST = "-date"

# What an object of a register is called; others have the name of their model.
SUBJECTS: Mapping[str, StrPromise] = {
    DECISION: gettext_lazy("Decisions of the chair"),
}
# Who names the kinds of the registers, "" for one they do not: what knows them puts itself here.
NAMERS: Final[list[Callable[[str], str]]] = []


@dataclass(frozen=True, slots=True)
class Pending:
    """Decisions of a meeting that await the approval of its minutes: their number and a link."""

    number: int
    meeting: str
    url: str


def filter_of(request: HttpRequest, person: Person) -> DecisionFilter:
    """Return what the address narrows the register to (two queries)."""
    visible = Decision.objects.visible_to(person)
    found = set(visible.order_by().values_list("year", "subject_kind").distinct())
    kinds = {kind for _year, kind in found if kind}
    return DecisionFilter(
        request.GET,
        committees=Committee.objects.visible_to(person),
        years=sorted({year for year, _kind in found}, reverse=True),
        subjects=sorted(((kind, subject_name(kind)) for kind in kinds), key=lambda one: one[1]),
    )


def listed(request: HttpRequest, person: Person, narrowed: DecisionFilter) -> DecisionQuerySet:
    """Return the decisions the address asks for, the newest first."""
    found = narrow(Decision.objects.visible_to(person), narrowed)
    shown = found.select_related("committee", "by", "meeting").annotate(**_orders())
    return sorted_by(shown, request, COLUMNS, NEWEST_FIRST)  # type: ignore[return-value]


def narrow(decisions: DecisionQuerySet, narrowed: DecisionFilter) -> DecisionQuerySet:
    """Return those of the decisions that fit what was wished for."""
    for name, field in (("outcome", "outcome"), ("subject", "subject_kind")):
        if wish := narrowed.value(name):
            decisions = decisions.filter(**{field: wish})
    for name in ("committee", "year"):
        if wish := narrowed.value(name):
            decisions = decisions.filter(**{name: int(wish)})
    if capacity := narrowed.value("capacity"):
        is_committees = Q(capacity=Decision.Capacity.COMMITTEE)
        decisions = decisions.filter(is_committees if capacity == COMMITTEE else ~is_committees)
    return decisions.found_by(narrowed.value("q"))


def pending_for(person: Person, narrowed: DecisionFilter) -> list[Pending]:
    """Return what meetings decided and no approved minutes hold yet; one query.

    Closed items count for those alone who may see them.
    """
    items = AgendaItem.objects.visible_to(person).standing()
    waiting = items.filter(meeting__state__in=[Meeting.State.HELD, Meeting.State.IN_REVIEW])
    if committee := narrowed.value("committee"):
        waiting = waiting.filter(meeting__committee=int(committee))
    decided = waiting.filter(proceedings__isnull=False).exclude(proceedings__outcome="")
    prepared = Committee.objects.prepared_by(person).filter(pk=OuterRef("meeting__committee"))
    present = Attendance.objects.present().filter(person=person, meeting=OuterRef("meeting"))
    meetings = (
        decided.annotate(keeps=Exists(prepared), was_there=Exists(present))
        .order_by("meeting__starts_at")
        .values(
            *("meeting", "meeting__year", "meeting__number", "meeting__starts_at"),
            *("meeting__state", "keeps", "was_there"),
        )
    )
    return [_pending(row) for row in meetings.annotate(number=Count("pk"))]


def _pending(row: Mapping[str, Any]) -> Pending:
    """Return the sentence's facts; who may not read the minutes yet is led to the meeting."""
    meeting = Meeting(state=row["meeting__state"])
    reads = meeting.shows_minutes_to(keeps=row["keeps"], was_there=row["was_there"])
    return Pending(
        number=row["number"],
        meeting=f"{row['meeting__year']}/{row['meeting__number']}",
        url=reverse("minutes" if reads else "meeting", args=[row["meeting"]]),
    )


def subject_name(kind: str) -> str:
    """Return what people call the objects of a register, by the kind the chain knows."""
    if kind in SUBJECTS:
        return str(SUBJECTS[kind])
    if called := next(filter(None, (name(kind) for name in NAMERS)), ""):
        return called
    try:
        return str(capfirst(apps.get_model(kind)._meta.verbose_name))  # noqa: SLF001
    except (LookupError, ValueError):
        return _("Something else")


def _orders() -> dict[str, models.Expression]:
    """Return what the columns are sorted by: numbers as numbers, outcomes as they are listed."""
    # 2026/3-5 counts as 3005, and 2026/F2 comes after the meetings of its year, then 2026/T1-2.
    serial = Cast(Substr("number", 7), IntegerField())
    at_meeting = F("meeting__number") * 1000 + F("item__number")
    within = Case(
        When(item=None, then=Value(5_000_000) + serial),
        When(meeting__registered_at__isnull=False, then=Value(7_000_000) + at_meeting),
        default=at_meeting,
    )
    place = [When(outcome=one, then=Value(place)) for place, one in enumerate(Outcome.values)]
    return {
        "number_order": Cast("year", models.BigIntegerField()) * 10_000_000 + within,
        "title_order": danish_order("title"),
        "outcome_order": Case(*place, default=Value(len(place)), output_field=IntegerField()),
    }
