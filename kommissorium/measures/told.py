"""What a committee's past is put together from, and what events tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kommissorium.measures.beginnings import BEGINNING_ACTS
from kommissorium.measures.meetings import (
    CalendarFact,
    Kept,
)
from kommissorium.measures.past import Counts, PastEvent
from kommissorium.measures.rows import Rows, moment
from kommissorium.measures.terms import ROLE_ACTS, SEAT_ACTS

PLACED: Final = ("meetings.meeting_planned", "meetings.meeting_moved")
CANCELLED, WITHDRAWN = "meetings.meeting_cancelled", "meetings.item_withdrawn"
TAKEN_BACK: Final = "meetings.earlier_meeting_withdrawn"
OF_MEETINGS: Final = (*PLACED, CANCELLED, WITHDRAWN, TAKEN_BACK)
TOOK_PLACE: Final = ("held", "in_review", "approved", "confirmed")  # states of a meeting
ITEM, DECISION, MEETING = "meetings.agendaitem", "meetings.decision", "meetings.meeting"
BORN: Final = (ITEM, DECISION, MEETING)  # what a task is born of that is followed up

# What has records of several kinds: its rules know which of them they mean.
OF_SEVERAL: Final = (MEETING, "committees.committee")

LocalDay = Callable[[datetime], date]


@dataclass(frozen=True)
class Told:
    """What there is to read: rows, events, records' hashes by key, and how figures stand today.

    `local_day` gives the day of a moment where the municipality is; `counts` are by register.
    """

    rows: Rows
    events: Sequence[PastEvent]
    hashes: Mapping[int, str]
    local_day: LocalDay
    today: date
    counts: Mapping[str, Counts]
    count: Callable[[str, date], Counts]  # of a day whose figures were not kept
    records: Mapping[str, Sequence[Kept]] = field(default_factory=dict)  # by what they are about
    # The evidence that the year wheel keeps of a duty, each with a label and an address.
    shown: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def records_about(found: Iterable[tuple[str, str, Kept]]) -> dict[str, list[Kept]]:
    """Return the records by what they are about, kind and key as evidence refers to it."""
    about: dict[str, list[Kept]] = {}
    for kind, key, kept in found:
        if kind not in OF_SEVERAL:
            about.setdefault(f"{kind} {key}", []).append(kept)
    return {what: sorted(those, key=lambda one: one.event) for what, those in about.items()}


@dataclass
class EventFacts:
    """The facts told by the events, sorted for their readers."""

    calendar: list[CalendarFact] = field(default_factory=list)
    cancelled: dict[int, date] = field(default_factory=dict)
    withdrawn: dict[int, date] = field(default_factory=dict)
    seats: list[PastEvent] = field(default_factory=list)
    roles: list[PastEvent] = field(default_factory=list)
    beginnings: list[PastEvent] = field(default_factory=list)


def event_facts(told: Told, meetings: AbstractSet[int], committee: int) -> EventFacts:
    """Sort the facts told by the events; those of others and of other acts are passed over."""
    found = EventFacts()
    for event in told.events:
        if event.act in SEAT_ACTS:
            if event.key == committee:
                found.seats.append(event)
        elif event.act in ROLE_ACTS:
            found.roles.append(event)
        elif event.act in BEGINNING_ACTS:
            found.beginnings.append(event)
        elif event.act in OF_MEETINGS and event.key in meetings:
            _sort(found, event, told)
    return found


def _sort(found: EventFacts, event: PastEvent, told: Told) -> None:
    act, key, facts, noted = event.act, event.key, event.facts, event.noted
    if act in PLACED:
        starts_on = told.local_day(moment(facts["starts_at"]))
        has_place = bool(facts["place"] or facts["link"])
        found.calendar.append(CalendarFact(key, starts_on, has_place, noted))
    elif act == WITHDRAWN:
        found.withdrawn[facts["item"]] = noted.on
    else:
        if act == CANCELLED:
            found.calendar.append(CalendarFact(key, None, has_place=False, noted=noted))
        found.cancelled[key] = noted.on
