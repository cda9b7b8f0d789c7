"""Risks on their way to the committee: proposed, put on the agenda, decided at a meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting
from kommissorium.registers.register import proposal_kind_of
from kommissorium.risks.actions.acceptances import propose_acceptance
from kommissorium.risks.actions.approving import propose_assessment
from kommissorium.risks.actions.levels import draft_level
from kommissorium.risks.models import Acceptance, Assessment, RiskLevel, Scale, Scenario
from kommissorium.risks.tests.assessment_cases import add_risk, make_draft
from kommissorium.secretariat.actions.cycle import approve, call, end
from kommissorium.secretariat.actions.proposing import put_before

MONEY = 250_000


def later_meeting(cast: Cast, days: int = 120) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(days, 13),
        ends_at=in_days(days, 15),
        place="Rådhuset",
    )


def drafted(cast: Cast) -> Assessment:
    """Return a finished draft with two risks of the member's system."""
    draft = make_draft(cast)
    add_risk(draft, cast, "Ransomware")
    add_risk(draft, cast, "Strømsvigt", likelihood=2)
    return draft


def proposed(cast: Cast) -> Assessment:
    draft = drafted(cast)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    return draft


def accepted_by_committee(cast: Cast, assessment: Assessment, days: int = 180) -> Acceptance:
    """Propose that the committee accepts the first risk, for 250.000 kr. and so many days."""
    first: Scenario = assessment.scenarios.select_related("assessment")[0]
    return propose_acceptance(
        [first],
        by=cast.coordinator,
        reason="En ny løsning koster mere end skaden.",
        amount=MONEY,
        budget_year=timezone.localdate().year,
        expires_on=timezone.localdate() + timedelta(days=days),
        capacity="committee",
    )


def drafted_level(cast: Cast) -> RiskLevel:
    scale = Scale.in_use()
    assert scale
    steps = range(1, scale.size + 1)
    return draft_level(
        by=cast.coordinator,
        scale=scale,
        year=timezone.localdate().year,
        group="",
        statement="Vi lever med det grønne.",
        cells=[[c + likely <= 4 for likely in steps] for c in steps],
    )


def put(cast: Cast, proposal: Any, meeting: Meeting, **more: Any) -> AgendaItem:
    """Put something on the agenda with the texts it comes with."""
    texts = proposal_kind_of(proposal).text(proposal)
    return put_before(
        proposal,
        meeting,
        by=cast.coordinator,
        recommendation=texts.recommendation,
        presentation=texts.presentation,
        **more,
    )


def decide_at(cast: Cast, meeting: Meeting, outcomes: dict[str, str]) -> None:
    """Hold a called meeting, with outcomes by kind of subject, and close it."""
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        meeting.attendances.filter(person=cast.chair).update(presence=Attendance.Presence.PRESENT)
        for item in meeting.items.select_related("clause", "meeting__committee"):
            if outcome := outcomes.get(item.subject_kind):
                save_field(item, "outcome", outcome, by=cast.coordinator, version=0)
            elif item.type == AgendaItem.Type.DECISION:
                save_field(item, "not_discussed", True, by=cast.coordinator, version=0)
        end(meeting, by=cast.coordinator)
    meeting.refresh_from_db()


def approve_minutes_of(cast: Cast, meeting: Meeting) -> None:
    with time_is(meeting.starts_at + timedelta(days=1)):
        approve(send_to_review(meeting, by=cast.coordinator), by=cast.chair)


def through_a_meeting(cast: Cast, meeting: Meeting, outcomes: dict[str, str]) -> None:
    """Call, hold and minute a meeting."""
    call(meeting, by=cast.coordinator)
    decide_at(cast, meeting, outcomes)
    approve_minutes_of(cast, meeting)


def fresh[M: Model](row: M) -> M:
    row.refresh_from_db()
    return row
