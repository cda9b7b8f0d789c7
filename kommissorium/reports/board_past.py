"""The reports to the executive board, as the chain tells of them: approved, sent, received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kommissorium.registers.findings import Noted, Question
from kommissorium.registers.past import PROPOSAL_APPROVED, DecidedBy, PastEvent
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.board_proposal import BOARD

SENT, RECEIVED = "reports.board_report_sent", "reports.board_report_received"
BOARD_ACTS: Final = (SENT, RECEIVED)


@dataclass(frozen=True, slots=True)
class ToldNote:
    """Note that a report was sent or received. It `corrects` the note of that key."""

    key: int
    act: str
    on: date
    corrects: int
    is_taken_back: bool
    noted: Noted


@dataclass(frozen=True, slots=True)
class PastReport:
    """A report that was approved, with what was noted of it."""

    key: int
    quarter: Quarter
    decided: date
    noted: Noted
    by: DecidedBy
    notes: Sequence[ToldNote]

    def first(self, act: str, asked: Question) -> ToldNote | None:
        """Return the first note of its kind that had happened by the day and stands, as known."""
        known = [one for one in self.notes if one.noted.on <= asked.known]
        corrected = {one.corrects for one in known}
        standing = [
            one
            for one in known
            if one.act == act and one.key not in corrected and not one.is_taken_back
        ]
        happened = [one for one in standing if one.on <= asked.on]
        return min(happened, key=lambda one: (one.on, one.key), default=None)


@dataclass(frozen=True)
class BoardPast:
    """The reports that were approved, in the order they were."""

    reports: Sequence[PastReport] = ()

    def known(self, asked: Question) -> list[PastReport]:
        """Return those this committee had approved by the day, as far as they are known."""
        return [
            one
            for one in self.reports
            if one.by.key == asked.committee
            and one.decided <= asked.on
            and one.noted.on <= asked.known
        ]


def board_past(events: Iterable[PastEvent]) -> BoardPast:
    """Return the past that the events tell of approvals and of what happened then."""
    notes: dict[int, list[ToldNote]] = defaultdict(list)
    approved: list[PastEvent] = []
    for event in events:
        if event.act in BOARD_ACTS:
            notes[event.key].append(_note(event))
        elif event.act == PROPOSAL_APPROVED and event.facts["kind"] == BOARD.kind:
            approved.append(event)
    return BoardPast([_report(one, notes) for one in approved])


def _note(event: PastEvent) -> ToldNote:
    facts = event.facts
    on = date.fromisoformat(facts["on"])
    key, corrects = facts["note"], facts["corrects"]
    return ToldNote(key, event.act, on, corrects, facts["is_taken_back"], event.noted)


def _report(event: PastEvent, notes: Mapping[int, Sequence[ToldNote]]) -> PastReport:
    facts = event.facts
    return PastReport(
        key=event.key,
        quarter=Quarter.parse(facts["quarter"]),
        decided=date.fromisoformat(facts["decided"]),
        noted=event.noted,
        by=DecidedBy.told_by(facts),
        notes=notes.get(event.key, ()),
    )
