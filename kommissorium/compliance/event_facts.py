"""Facts about a committee from the chain: its calendar, its seats, and people with a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import Q
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.past_meetings import CalendarFact
from kommissorium.compliance.terms import ROLE_ACTS, SEAT_ACTS
from kommissorium.registers.past import PastEvent

# How the chain names what the events below tell of.
MEETING, COMMITTEE, PERSON = "meetings.meeting", "committees.committee", "accounts.person"
PLACED: Final = ("meetings.meeting_planned", "meetings.meeting_moved")
CANCELLED, WITHDRAWN = "meetings.meeting_cancelled", "meetings.item_withdrawn"
TAKEN_BACK: Final = "meetings.earlier_meeting_withdrawn"


@dataclass
class EventFacts:
    """The facts told by the events, sorted for their readers."""

    calendar: list[CalendarFact] = field(default_factory=list)
    cancelled: dict[int, date] = field(default_factory=dict)
    withdrawn: dict[int, date] = field(default_factory=dict)
    seats: list[PastEvent] = field(default_factory=list)
    roles: list[PastEvent] = field(default_factory=list)


def events_about(committee: Committee, meetings: Iterable[int], people: Iterable[int]) -> Q:
    """Return the events about the committee, its meetings and people with a role."""
    about_meetings = Q(
        act__in=[*PLACED, CANCELLED, WITHDRAWN, TAKEN_BACK],
        object_kind=MEETING,
        object_id__in=[str(key) for key in meetings],
    )
    about_seats = Q(act__in=SEAT_ACTS, object_kind=COMMITTEE, object_id=str(committee.pk))
    keys = [str(key) for key in people]
    about_roles = Q(act__in=ROLE_ACTS, object_kind=PERSON, object_id__in=keys)
    return about_meetings | about_seats | about_roles


def event_facts(events: Iterable[PastEvent]) -> EventFacts:
    """Sort the facts told by the events; those of other acts are passed over."""
    told = EventFacts()
    for event in events:
        _sort(told, event)
    return told


def _sort(told: EventFacts, event: PastEvent) -> None:
    act, key, facts, noted = event.act, event.key, event.facts, event.noted
    if act in SEAT_ACTS:
        told.seats.append(event)
    elif act in ROLE_ACTS:
        told.roles.append(event)
    elif act in PLACED:
        starts_on = timezone.localdate(datetime.fromisoformat(facts["starts_at"]))
        has_place = bool(facts["place"] or facts["link"])
        told.calendar.append(CalendarFact(key, starts_on, has_place, noted))
    elif act == CANCELLED:
        told.calendar.append(CalendarFact(key, None, has_place=False, noted=noted))
        told.cancelled[key] = noted.on
    elif act == TAKEN_BACK:
        told.cancelled[key] = noted.on
    elif act == WITHDRAWN:
        told.withdrawn[facts["item"]] = noted.on
