"""T5: incidents are evaluated in time, and notified within the deadlines of the laws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import Counted, plural
from kommissorium.measures.days import QUARTER, add_months
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    event_evidence,
    fulfilled,
    no_occasion,
    not_fulfilled,
    unmeasured,
)
from kommissorium.measures.past import PastEvent
from kommissorium.measures.said import Moment, Words, _, day, joined, link, listed, ngettext

PASSED: Final = 5  # the stage of a deadline that is over
UNSENT: Final = Counted(
    "passed",
    plural(
        "The deadline of one notification has passed, and it has not been sent.",
        "The deadlines of %(number)d notifications have passed, and they have not been sent.",
    ),
)
WITHIN: Final = 2  # meetings after the case was closed
HELD: Final = "meetings.meeting_held"
OVER: Final = ("incidents.notification_sent", "incidents.notification_decided")
ACTS: Final = (
    *("incidents.reported", "incidents.triaged", "incidents.closed", "incidents.reopened"),
    *("incidents.evaluated", "incidents.deadline_told", *OVER),
    *("incidents.awareness_change_answered", HELD),
)


@dataclass(frozen=True)
class IncidentPast:
    """The chain's facts about incidents, and the days on which each committee met."""

    events: tuple[PastEvent, ...]
    committees: Mapping[int, int] = field(default_factory=dict)  # of each meeting

    def known(self, asked: Question, act: str) -> list[PastEvent]:
        """Return the events of an act that were there on the day, as far as is known."""
        until = min(asked.on, asked.known)
        return [one for one in self.events if one.act == act and one.noted.on <= until]


def incident_past(events: Iterable[PastEvent], committees: Mapping[int, int]) -> IncidentPast:
    """Return the past; `committees` are those of meetings."""
    return IncidentPast(tuple(events), committees)


def incidents_evaluated(_clause: Clause, past: IncidentPast, asked: Question) -> Finding:
    """T5: closed cases are evaluated within two meetings; notifications are sent, or late for a
    reason; awareness that was changed is told."""
    if asked.on < asked.since:
        return unmeasured(_("This day cannot be shown: it was not measured yet."))
    closed = _closed(past, asked)
    parts = [*_evaluations(past, asked, closed), *_deadlines(past, asked), *_changes(past, asked)]
    if not parts:
        return _nothing(past, asked)
    return combined(parts)


def _closed(past: IncidentPast, asked: Question) -> dict[int, PastEvent]:
    """Return the valid closings that want an evaluation, by the key of the case."""
    found: dict[int, PastEvent] = {}
    until = min(asked.on, asked.known)
    for event in past.events:
        if event.noted.on > until:
            break
        if event.act == "incidents.closed" and event.facts["wants_evaluation"]:
            found[event.key] = event
        elif event.act == "incidents.reopened":
            found.pop(event.key, None)
    return found


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
    evidence = _evidence(done.values()) or _evidence(closed.values())
    step = Step(_("See the incidents that are closed"), link("incidents", end="?state=closed"))
    if late:
        text = ngettext(
            "%(number)d incident was not evaluated within two meetings after it was closed.",
            "%(number)d incidents were not evaluated within two meetings after they were closed.",
            len(late),
        ) % {"number": len(late)}
        return [not_fulfilled(text, *_evidence(closed[key] for key in late), step=step)]
    if any(meetings == WITHIN - 1 for meetings in waiting.values()):
        text = _("Closed incidents are to be evaluated at the next meeting.")
        return [due_soon(text, *evidence, step=step)]
    text = ngettext(
        "%(number)d closed incident is evaluated, or is so in time.",
        "%(number)d closed incidents are evaluated, or are so in time.",
        len(closed),
    )
    return [fulfilled(text % {"number": len(closed)}, *evidence)]


def _deadlines(past: IncidentPast, asked: Question) -> list[Finding]:
    """Return the notifications missed, and those sent late, with the reason in the case."""
    passed: dict[tuple[int, str], PastEvent] = {}
    until = min(asked.on, asked.known)
    for event in past.events:
        if event.noted.on > until:
            break
        what = (event.key, str(event.facts.get("notification", "")))
        if event.act == "incidents.deadline_told" and event.facts["stage"] == PASSED:
            passed[what] = event
        elif event.act in OVER:
            passed.pop(what, None)
    found = []
    if passed:
        text = UNSENT.said(len(passed))
        step = Step(_("See the incidents"), link("incidents", end="?late=1"))
        found.append(not_fulfilled(text, *_evidence(passed.values()), step=step))
    sent = past.known(asked, "incidents.notification_sent")
    if late := [one for one in sent if one.facts["late"]]:
        text = ngettext(
            "%(number)d of %(all)d notifications was sent after its deadline; the reason is given.",
            "%(number)d of %(all)d notifications were sent after their deadline; the reasons are"
            " given.",
            len(late),
        ) % {"number": len(late), "all": len(sent)}
        found.append(fulfilled(text, *_evidence(late)))
    elif sent and not passed:
        found.append(fulfilled(_("All notifications were sent within their deadlines.")))
    return found


def _changes(past: IncidentPast, asked: Question) -> list[Finding]:
    """Return the cases whose awareness was moved: mentioned, and held against nobody."""
    moved = [
        one
        for one in past.known(asked, "incidents.awareness_change_answered")
        if one.facts["agreed"]
    ]
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
    return [fulfilled(text % {"which": which}, *_evidence(moved))]


def _moment(told: str) -> Words:
    """Return a moment in words that an event holds as a text."""
    return Moment(datetime.fromisoformat(told))


def _nothing(past: IncidentPast, asked: Question) -> Finding:
    """Return that there was no occasion; where nobody reported for long, that this is strange."""
    text: Words = _("No incident was closed that the committee is to evaluate.")
    reports = past.known(asked, "incidents.reported")
    last = max((one.noted.on for one in reports), default=asked.since)
    if last <= add_months(asked.on, -2 * QUARTER) and last != date.min:
        quiet = _("Nothing at all has been reported since %(day)s: do people know how?")
        text = joined(text, quiet % {"day": day(last)})
    return no_occasion(text, *_evidence(reports[-1:]))


def _evidence(events: Iterable[PastEvent]) -> list[Evidence]:
    """Return the newest of these events as evidence."""
    return [
        replace(
            event_evidence(
                _("Incident %(number)s") % {"number": one.facts["number"]},
                link("incident", one.key),
                f"incidents.incident {one.key}",
                one.noted,
                one.noted.on,
            ),
            is_closed=True,
        )
        for one in list(events)[-10:]
    ]


CHECKS: Mapping[str, Check[Any]] = {Measure.INCIDENT_EVALUATION: incidents_evaluated}
