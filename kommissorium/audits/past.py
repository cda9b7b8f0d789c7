"""The past of the register: audits, their evaluations, and the wanted interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kommissorium.audits.models.settings import USUAL_MONTHS
from kommissorium.registers.findings import Question
from kommissorium.registers.past import PastEvent
from kommissorium.registers.past_activities import ACTIVITY_ACTS, ActivityPast

SETTINGS_CHANGED: Final = "audits.settings_changed"
ACTS: Final = (*ACTIVITY_ACTS, SETTINGS_CHANGED)


@dataclass(frozen=True)
class AuditPast(ActivityPast):
    """The past of audits from the chain; `wanted` are the changes of the interval."""

    wanted: Sequence[PastEvent] = ()

    @classmethod
    def beside(cls, known: ActivityPast, events: Iterable[PastEvent]) -> AuditPast:
        """Return the known activities with what the events tell of audits alone."""
        wanted = [one for one in events if one.act == SETTINGS_CHANGED]
        return cls(known.figures, known.approved, known.events, known.evaluated, wanted)

    def months_on(self, asked: Question) -> int:
        """Return the wanted interval of audits on the day, in months, as far as is known."""
        until = min(asked.on, asked.known)
        known = [one for one in self.wanted if one.noted.on <= until]
        return int(known[-1].facts["months"]) if known else USUAL_MONTHS
