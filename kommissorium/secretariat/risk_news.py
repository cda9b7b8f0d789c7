"""What has happened to the risks since a committee met: for its agenda, in one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import Meeting
from kommissorium.risks.current_counts import RiskCounts, risk_counts
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    PlanAction,
    Scenario,
)
from kommissorium.risks.models.plans import PlanActionQuerySet

type Told = tuple[str, Mapping[str, Any]]  # what a row tells of, and its values

SOON: Final = timedelta(days=60)
NEWS: Final = ("own", "approved", "new", "greater", "void", "expiring", "slipped")


@dataclass(frozen=True, slots=True)
class RiskNews:
    """The risks as they stand today, and what the committee has not heard of yet.

    `own` are the assessments in force that lay before the committee; `approved` those approved
    since the meeting before began, `new` and `greater` the risks in them that were not there or
    were lower, and `void` the acceptances that have ended since because a risk changed;
    `expiring` are the acceptances that have run out or do so within 60 days of the meeting,
    `slipped` the actions that are late, put off or impossible.
    """

    standing: RiskCounts
    own: int = 0
    approved: int = 0
    new: int = 0
    greater: int = 0
    void: int = 0
    expiring: int = 0
    slipped: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.standing.risks and not self.slipped


def news_of_risks(rows: Sequence[Told]) -> RiskNews:
    """Return the news of the risks from the rows of news_rows; others are passed over."""
    numbers = {kind: values["number"] for kind, values in rows if kind in NEWS}
    return RiskNews(risk_counts(), **numbers)


def news_rows(meeting: Meeting, today: date) -> list[QuerySet[Any, Any]]:
    """Return the questions whose rows, all together, tell the news for a meeting's agenda."""
    approved = _approved(meeting)
    risks = Scenario.objects.in_force().filter(assessment__in=approved.values("pk"))
    former = Scenario.objects.filter(
        lineage=OuterRef("lineage"), assessment__in_force_from__isnull=False, is_in_force=False
    ).order_by()
    lower = former.filter(rank__lt=OuterRef("rank"), assessment=OuterRef("assessment__previous"))
    return [
        _number("own", Assessment.objects.in_force().filter(_belongs(meeting, "committee"))),
        _number("approved", approved),
        _number("new", risks.filter(~Exists(former))),
        _number("greater", risks.filter(Exists(lower))),
        _number("void", _void(meeting)),
        _number("expiring", running_out(meeting), "acceptance"),
        _number("slipped", slipping(meeting, today)),
    ]


def running_out(meeting: Meeting) -> QuerySet[AcceptedRisk]:
    """Return the accepted risks whose acceptance has run out, or does so within 60 days of the
    meeting, and that are still there and not accepted for longer. Only the committee's own."""
    last = timezone.localdate(meeting.starts_at) + SOON
    given = Acceptance.objects.standing().filter(expires_on__lte=last).order_by()
    longer = AcceptedRisk.objects.filter(
        lineage=OuterRef("lineage"),
        acceptance__in=Acceptance.objects.standing().order_by(),
        acceptance__expires_on__gt=OuterRef("acceptance__expires_on"),
    )
    return AcceptedRisk.objects.filter(
        Exists(_own_risks(meeting, "lineage")), ~Exists(longer.order_by()), acceptance__in=given
    )


def slipping(meeting: Meeting, today: date) -> PlanActionQuerySet:
    """Return the actions against the committee's risks that are late, put off or impossible."""
    own = Exists(_own_risks(meeting, "scenario__lineage"))
    found: PlanActionQuerySet = PlanAction.objects.slipped(today).filter(own)
    return found


def _own_risks(meeting: Meeting, lineage: str) -> QuerySet[Scenario]:
    """Return today's risks of the committee with the lineage of an outer row."""
    own = Scenario.objects.in_force().filter(_belongs(meeting, "assessment__committee"))
    return own.filter(lineage=OuterRef(lineage)).order_by()


def _belongs(meeting: Meeting, field: str) -> Q:
    """Return the condition that something is the committee's: it lay before it, or before none
    and the registers are kept for it."""
    kept_for = Coalesce(
        Subquery(RegisterSettings.objects.values("committee")[:1]),
        Subquery(Committee.objects.order_by("pk").values("pk")[:1]),
    )
    keeps = Exists(Committee.objects.filter(pk=meeting.committee_id).filter(pk=kept_for))
    return Q(**{field: meeting.committee_id}) | Q(**{f"{field}__isnull": True}) & Q(keeps)


def _approved(meeting: Meeting) -> QuerySet[Assessment]:
    before = Meeting.objects.before(meeting).values("starts_at")[:1]
    own = Assessment.objects.in_force().filter(_belongs(meeting, "committee"))
    since = own.annotate(since=Subquery(before))
    found: QuerySet[Assessment] = since.filter(
        Q(since=None) | Q(decision__written_at__gte=F("since"))
    ).order_by()
    return found


def _void(meeting: Meeting) -> QuerySet[Acceptance]:
    """Return what was accepted of the committee's risks and is void since the meeting before."""
    before = Meeting.objects.before(meeting).values("starts_at")[:1]
    own = AcceptedRisk.objects.filter(_belongs(meeting, "scenario__assessment__committee"))
    ended = Acceptance.objects.filter(
        state=Acceptance.State.ACCEPTED,
        ending=Acceptance.Ending.VOID,
        pk__in=own.values("acceptance"),
    )
    found: QuerySet[Acceptance] = ended.annotate(since=Subquery(before)).filter(
        Q(since=None) | Q(ended_at__gte=F("since"))
    )
    return found.order_by()


def _number(kind: str, rows: QuerySet[Any], of: str = "pk") -> QuerySet[Any, Any]:
    counted = rows.order_by().values(_told=Value(kind, TextField()))
    counted = counted.annotate(number=Count(of, distinct=True))
    told: QuerySet[Any, Any] = counted.annotate(_row=JSONObject(number="number"))
    return told.values_list("_told", "_row")
