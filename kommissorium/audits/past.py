"""The past of the register: audits, their evaluations, and how often one was wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.models.settings import USUAL_MONTHS
from kommissorium.meetings.year_plan import add_months
from kommissorium.registers.findings import Question
from kommissorium.registers.past import PastEvent
from kommissorium.registers.past_activities import ACTIVITY_ACTS, ActivityPast, activity_past

SETTINGS_CHANGED: Final = "audits.settings_changed"
ACTS: Final = (*ACTIVITY_ACTS, SETTINGS_CHANGED)


@dataclass(frozen=True)
class AuditPast(ActivityPast):
    """What the chain tells of audits; `wanted` are the changes of how often."""

    wanted: Sequence[PastEvent] = ()

    def months_on(self, asked: Question) -> int:
        """Return within how many months an audit was wanted on the day, as far as is known."""
        until = min(asked.on, asked.known)
        known = [one for one in self.wanted if one.noted.on <= until]
        return int(known[-1].facts["months"]) if known else USUAL_MONTHS


def audit_past(events: Iterable[PastEvent], today: Mapping[str, int], register: str) -> AuditPast:
    """Return the past that events tell of the register."""
    rows = list(events)
    found = activity_past(
        rows,
        today,
        register=register,
        plan=PLAN.kind,
        slug=KIND.slug,
        evaluation=EVALUATION.kind,
    )
    wanted = [one for one in rows if one.act == SETTINGS_CHANGED]
    return AuditPast(found.figures, found.approved, found.events, found.evaluated, wanted)


def first_of(months: int, on: date) -> date:
    """Return the first day of so many months that end on the day."""
    following = on + timedelta(days=1)
    begins = add_months(following, -months)
    return begins if begins.day == following.day else begins + timedelta(days=1)
