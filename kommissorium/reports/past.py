"""The statuses that committees have approved, as the chain tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kommissorium.registers.findings import Question
from kommissorium.registers.past import PROPOSAL_APPROVED, DecidedBy, PastEvent
from kommissorium.registers.quarter_checks import ApprovedQuarter
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.board_past import BOARD_ACTS, BoardPast, board_past
from kommissorium.reports.proposal import KIND

NOTHING: Final = BoardPast()
ACTS: Final = (PROPOSAL_APPROVED, *BOARD_ACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedStatus(ApprovedQuarter):
    """A status that was approved on a day, and how many figures it has."""

    figures: int


@dataclass(frozen=True)
class ReportPast:
    """The statuses approved, in the order they were, and the reports to the executive board."""

    approved: Sequence[ApprovedStatus] = ()
    board: BoardPast = NOTHING

    def known(self, asked: Question) -> list[ApprovedStatus]:
        """Return those this committee had approved by the day, as far as they are known."""
        return [one for one in self.approved if one.is_known(asked)]


def report_past(events: Iterable[PastEvent]) -> ReportPast:
    """Return the past that the events tell."""
    events = list(events)
    return ReportPast(
        [
            ApprovedStatus(
                key=event.key,
                quarter=Quarter.parse(event.facts["quarter"]),
                decided=date.fromisoformat(event.facts["decided"]),
                figures=event.facts["figures"],
                noted=event.noted,
                by=DecidedBy.told_by(event.facts),
            )
            for event in events
            if event.act == PROPOSAL_APPROVED and event.facts["kind"] == KIND.kind
        ],
        board_past(events),
    )
