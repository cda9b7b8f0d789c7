"""T5: incidents are evaluated in time, and notified within the deadlines of the laws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import QUARTER, add_months, year_before
from kommissorium.measures.findings import (
    Check,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    fulfilled,
    no_occasion,
    not_fulfilled,
    unmeasured,
)
from kommissorium.measures.kinds import CALENDAR, CHAIRS, reads
from kommissorium.measures.past import DecidedBy, PastEvent
from kommissorium.measures.rules.chair import unless_alone
from kommissorium.measures.rules.notifications import (
    ADVISED,
    DECIDED,
    SENT,
    TOLD,
    case_evidence,
    deadlines_kept,
    owed_by,
)
from kommissorium.measures.said import Moment, Words, _, day, joined, link, listed, ngettext

WITHIN: Final = 2  # meetings after the case was closed
HELD: Final = "meetings.meeting_held"
REPORTED: Final = "incidents.reported"
TRIAGED: Final = "incidents.triaged"
CLOSED: Final = "incidents.closed"
REOPENED: Final = "incidents.reopened"
AWARE: Final = "incidents.awareness_set"
MOVED: Final = "incidents.awareness_change_answered"
ACTS: Final = (
    *(REPORTED, TRIAGED, CLOSED, REOPENED, "incidents.evaluated", HELD, AWARE, MOVED),
    *(TOLD, SENT, DECIDED, ADVISED, "incidents.status_sent"),
)
TO_TRIAGE: Final = timedelta(days=1)  # from the report
LONG: Final = timedelta(days=90)  # for a case to be open


@dataclass(frozen=True)
class IncidentPast:
    """The chain's facts about incidents, and the days on which each committee met.

    `today` has not ended; what ends on any day before it has.
    """

    events: tuple[PastEvent, ...]
    committees: Mapping[int, int] = field(default_factory=dict)  # of each meeting
    today: date = date.min

    def until(self, asked: Question) -> list[PastEvent]:
        """Return the events that were there on the day, as far as is known."""
        until = min(asked.on, asked.known)
        return [one for one in self.events if one.noted.on <= until]

    def known(self, asked: Question, act: str) -> list[PastEvent]:
        """Return those of them of an act."""
        return [one for one in self.until(asked) if one.act == act]

    def is_over(self, last: date, on: date) -> bool:
        """Return whether a last day was over when the other ended, or is now."""
        return last < on or last == on < self.today


def incident_past(
    events: Iterable[PastEvent], committees: Mapping[int, int], today: date = date.min
) -> IncidentPast:
    """Return the past; `committees` are those of meetings."""
    return IncidentPast(tuple(events), committees, today)


@dataclass
class Case:
    """A case as the chain tells of it: reported, perhaps triaged, perhaps closed."""

    reported: PastEvent | None = None
    nature: str = ""
    is_breach: bool = False
    closed: PastEvent | None = None

    @property
    def is_open(self) -> bool:
        return self.nature == "incident" and self.closed is None

    def take(self, event: PastEvent) -> None:
        """Take in an event about it."""
        if event.act == REPORTED:
            self.reported = event
        elif event.act == TRIAGED:
            self.nature = str(event.facts["nature"])
        elif event.act == AWARE:
            self.is_breach = event.facts["law"] == "gdpr" or self.is_breach
        elif event.act == CLOSED:
            self.closed = event
            self.is_breach = bool(event.facts.get("breach", self.is_breach))
        elif event.act == REOPENED:
            self.closed = None


@reads(CALENDAR, CHAIRS)
def incidents_evaluated(_clause: Clause, past: IncidentPast, asked: Question) -> Finding:
    """T5: closed cases are evaluated within two meetings; notifications are sent, or late for a
    reason; reports are triaged, cases closed; awareness that was changed is told."""
    if asked.on < asked.since:
        return unmeasured(_("This day cannot be shown: it was not measured yet."))
    cases = _cases(past, asked)
    closed = [one.closed for one in cases if one.closed and one.closed.facts["wants_evaluation"]]
    owed = owed_by(past.until(asked))
    parts = [
        *_evaluations(past, asked, {one.key: one for one in closed}),
        *deadlines_kept(owed, asked, past.today),
        *_waiting(past, asked, cases),
        *_changes(past, asked),
    ]
    below = _below_the_threshold(cases, asked)
    if not parts:
        nothing = _nothing(past, asked)
        return replace(nothing, sentence=joined(nothing.sentence, below))
    return combined([*parts, *([fulfilled(below)] if below else [])])


def _cases(past: IncidentPast, asked: Question) -> list[Case]:
    found: dict[int, Case] = {}
    for event in past.until(asked):
        if event.act != HELD:
            found.setdefault(event.key, Case()).take(event)
    return list(found.values())


def _waiting(past: IncidentPast, asked: Question, cases: Iterable[Case]) -> list[Finding]:
    """Return the reports that nobody has triaged, and the cases that nobody has closed."""
    untriaged, long = [], []
    for one in cases:
        if one.reported is None:
            continue
        since = one.reported.noted.on
        if not one.nature and past.is_over(since + TO_TRIAGE, asked.on):
            untriaged.append(one.reported)
        elif one.is_open and past.is_over(since + LONG, asked.on):
            long.append(one.reported)
    parts = []
    if untriaged:
        text = ngettext(
            "%(number)d report has waited for more than 24 hours to be triaged.",
            "%(number)d reports have waited for more than 24 hours to be triaged.",
            len(untriaged),
        ) % {"number": len(untriaged)}
        step = Step(_("See the incidents"), link("incidents", end="?state=reported"))
        parts.append(due_soon(text, *case_evidence(untriaged), step=step))
    if long:
        text = ngettext(
            "%(number)d incident has been open for more than 90 days.",
            "%(number)d incidents have been open for more than 90 days.",
            len(long),
        ) % {"number": len(long)}
        step = Step(_("See the incidents"), link("incidents"))
        parts.append(due_soon(text, *case_evidence(long), step=step))
    return parts


def _below_the_threshold(cases: Iterable[Case], asked: Question) -> Words:
    """Return how many breaches of a year were closed without being put to the committee."""
    first = year_before(asked.on)
    closed = [one.closed for one in cases if one.closed and one.is_breach]
    found = [one for one in closed if not one.facts["wants_evaluation"] and one.noted.on >= first]
    if not found:
        return ""
    text = ngettext(
        "%(number)d personal data breach of the last twelve months lay below the severity from"
        " which the committee evaluates.",
        "%(number)d personal data breaches of the last twelve months lay below the severity from"
        " which the committee evaluates.",
        len(found),
    )
    return text % {"number": len(found)}


def _evaluations(
    past: IncidentPast, asked: Question, closed: Mapping[int, PastEvent]
) -> list[Finding]:
    if not closed:
        return []
    done = {one.key: one for one in past.known(asked, "incidents.evaluated")}
    met = [
        one.noted.on
        for one in past.known(asked, HELD)
        if past.committees.get(one.key) == asked.committee
    ]
    waiting = {
        key: sum(day_ > event.noted.on for day_ in met)
        for key, event in closed.items()
        if key not in done or done[key].noted.seq < event.noted.seq
    }
    late = [key for key, meetings in waiting.items() if meetings >= WITHIN]
    evidence = case_evidence(done.values()) or case_evidence(closed.values())
    step = Step(_("See the incidents that are closed"), link("incidents", end="?state=closed"))
    if late:
        text = ngettext(
            "%(number)d incident was not evaluated within two meetings after it was closed.",
            "%(number)d incidents were not evaluated within two meetings after they were closed.",
            len(late),
        ) % {"number": len(late)}
        return [not_fulfilled(text, *case_evidence(closed[key] for key in late), step=step)]
    if any(meetings == WITHIN - 1 for meetings in waiting.values()):
        text = _("Closed incidents are to be evaluated at the next meeting.")
        return [due_soon(text, *evidence, step=step)]
    text = ngettext(
        "%(number)d closed incident is evaluated, or is so in time.",
        "%(number)d closed incidents are evaluated, or are so in time.",
        len(closed),
    )
    found = fulfilled(text % {"number": len(closed)}, *evidence)
    rows = [
        (DecidedBy.told_by(one.facts), str(one.facts["number"]))
        for one in done.values()
        if one.key in closed and one.facts.get("committee") == asked.committee
    ]
    alone = _("The chair evaluated the incidents %(names)s.")
    return [unless_alone(found, rows, asked, alone)]


def _changes(past: IncidentPast, asked: Question) -> list[Finding]:
    """Return the cases whose awareness was moved: mentioned, and held against nobody."""
    moved = [one for one in past.known(asked, MOVED) if one.facts["agreed"]]
    if not moved:
        return []
    which = listed(
        _("incident %(number)s: %(first)s became %(at)s")
        % {**one.facts, **{name: _moment(one.facts[name]) for name in ("first", "at")}}
        for one in moved
    )
    text = _(
        "When it became known was changed with the data protection officer's agreement: %(which)s."
    )
    return [fulfilled(text % {"which": which}, *case_evidence(moved))]


def _moment(told: str) -> Words:
    """Return a moment in words that an event holds as a text."""
    return Moment(datetime.fromisoformat(told))


def _nothing(past: IncidentPast, asked: Question) -> Finding:
    """Return that there was no occasion; where nobody reported for long, that this is strange."""
    text: Words = _("No incident was closed that the committee is to evaluate.")
    reports = past.known(asked, REPORTED)
    last = max((one.noted.on for one in reports), default=asked.since)
    if last <= add_months(asked.on, -2 * QUARTER) and last != date.min:
        quiet = _("Nothing at all has been reported since %(day)s: do people know how?")
        text = joined(text, quiet % {"day": day(last)})
    return no_occasion(text, *case_evidence(reports[-1:]))


CHECKS: Mapping[str, Check[Any]] = {Measure.INCIDENT_EVALUATION: incidents_evaluated}
