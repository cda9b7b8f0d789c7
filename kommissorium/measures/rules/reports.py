"""T6, R10 and A7: statuses and reports were approved, sent and received, as the chain tells.

How many reports are asked for depends on who sits in the committee, which the committee's own past says: its
rules ask here for the evidence. An approval is none, and neither is a report that nobody received.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Noted,
    Question,
    State,
    Step,
    event_evidence,
    not_fulfilled,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import PROPOSAL_APPROVED, DecidedBy, PastEvent
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.periods import ApprovedQuarter, QuarterStanding
from kommissorium.measures.said import Words, _, day, joined, link, ngettext

STATUS, BOARD = "reports.quarterlystatus", "reports.boardreport"
SENT, RECEIVED = "reports.board_report_sent", "reports.board_report_received"
BOARD_ACTS: Final = (SENT, RECEIVED)


@dataclass(frozen=True)
class ToldNote:
    """Note that a report was sent or received. It `corrects` the note of that key."""

    key: int
    act: str
    on: date
    corrects: int
    is_taken_back: bool
    noted: Noted


@dataclass(frozen=True)
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
        elif event.act == PROPOSAL_APPROVED and event.facts["kind"] == BOARD:
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


NOTHING: Final = BoardPast()
ACTS: Final = (PROPOSAL_APPROVED, *BOARD_ACTS)


@dataclass(frozen=True)
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
            if event.act == PROPOSAL_APPROVED and event.facts["kind"] == STATUS
        ],
        board_past(events),
    )


@reads(CHAIRS)
def quarterly_status(clause: Clause, past: ReportPast, asked: Question) -> Finding:
    """T6: a status with figures was approved of each of the newest quarters, each in time."""
    statuses = [one for one in past.known(asked) if one.figures]
    step = Step(_("Go to the statuses"), link("statuses"))
    none = _("No quarterly status has been approved yet.")
    newest = _("The newest quarterly status, of %(quarter)s, was approved on %(day)s.")
    return QuarterStanding(clause, asked, statuses, _status_evidence, step, none, newest).finding


def _status_evidence(one: ApprovedStatus) -> Evidence:
    label = _("Status of %(quarter)s") % {"quarter": one.quarter.words}
    page, about = link("status", one.key), f"reports.quarterlystatus {one.key}"
    return event_evidence(label, page, about, one.noted, one.decided)


CHECKS: Mapping[str, Check[ReportPast]] = {Measure.QUARTERLY_STATUS: quarterly_status}


REPORTS_RECEIVED: Final = "reports_received"  # the aspect that compliance asks for


@reads()
def reports_received(_clause: Clause, past: ReportPast, asked: Question) -> Finding:
    """Say which reports the board has received by the day, each on its day; and what lacks."""
    known = past.board.known(asked)
    sent = [one for one in known if one.first(SENT, asked)]
    received = [(note, one) for one in sent if (note := one.first(RECEIVED, asked))]
    received.sort(key=lambda pair: (pair[0].on, pair[0].key))
    step = Step(_("Go to the reports"), link("board_reports"))
    text = _what_lacks(len(known) - len(sent), len(sent) - len(received))
    if not received:
        lead = _("The executive board has received no report.")
        return not_fulfilled(joined(lead, text), step=step)
    last = received[-1][0].on
    lead = _("The executive board received the newest report on %(day)s.") % {"day": day(last)}
    evidence = tuple(_report_evidence(*pair) for pair in received)
    return Finding(State.FULFILLED, joined(lead, text), evidence, step)


def _what_lacks(unsent: int, unreceived: int) -> Words:
    lines = []
    if unsent:
        text = ngettext(
            "%(number)d report is approved and not sent.",
            "%(number)d reports are approved and not sent.",
            unsent,
        )
        lines.append(text % {"number": unsent})
    if unreceived:
        text = ngettext(
            "%(number)d report is sent, and nobody has noted that it was received.",
            "%(number)d reports are sent, and nobody has noted that they were received.",
            unreceived,
        )
        lines.append(text % {"number": unreceived})
    return joined(*lines)


def _report_evidence(note: ToldNote, report: PastReport) -> Evidence:
    values = {"quarter": report.quarter.words, "day": day(note.on)}
    label = _("Report to the executive board, %(quarter)s: received on %(day)s") % values
    page, about = link("board_report", report.key), f"reports.boardreport {report.key}"
    return event_evidence(label, page, about, note.noted, note.on)


BOARD_CHECKS: Final = {REPORTS_RECEIVED: reports_received}
