"""The statuses that committees have approved, as the chain tells of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kommissorium.registers.findings import Noted, Question
from kommissorium.registers.past import PROPOSAL_APPROVED, DecidedBy, PastEvent
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.board_past import BOARD_ACTS, BoardPast, board_past
from kommissorium.reports.proposal import KIND

NOTHING: Final = BoardPast()
ACTS: Final = (PROPOSAL_APPROVED, *BOARD_ACTS)


@dataclass(frozen=True, slots=True)
class ApprovedStatus:
    """A status that was approved on a day, known from `noted.on`.

    `told` are the parts in which something was said, `in_words` those that were not left empty.
    """

    key: int
    quarter: Quarter
    decided: date
    figures: int
    told: Collection[str]
    in_words: Collection[str]
    noted: Noted
    by: DecidedBy

    @property
    def is_in_time(self) -> bool:
        return self.decided <= self.quarter.due


@dataclass(frozen=True)
class ReportPast:
    """The statuses approved, in the order they were, and the reports to the executive board."""

    approved: Sequence[ApprovedStatus] = ()
    board: BoardPast = NOTHING

    def known(self, asked: Question) -> list[ApprovedStatus]:
        """Return those this committee had approved by the day, as far as they are known."""
        return [
            one
            for one in self.approved
            if one.by.key == asked.committee
            and one.decided <= asked.on
            and one.noted.on <= asked.known
            and one.decided > one.quarter.last
        ]


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
                told=event.facts["told"],
                in_words=event.facts["in_words"],
                noted=event.noted,
                by=DecidedBy.told_by(event.facts),
            )
            for event in events
            if event.act == PROPOSAL_APPROVED and event.facts["kind"] == KIND.kind
        ],
        board_past(events),
    )
