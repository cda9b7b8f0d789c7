"""A committee's meetings as dated facts, and what the chain tells of them and of registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.clause_identity import Saying
from kommissorium.compliance.terms import ROLE_ACTS, SEAT_ACTS
from kommissorium.meetings.models import WEIGHED_WITHIN
from kommissorium.registers.counts import counts_now
from kommissorium.registers.findings import Noted
from kommissorium.registers.installed import registers
from kommissorium.registers.past import ActAbout, PastEvent
from kommissorium.registers.past_activities import RESULT, results_telling_of
from kommissorium.registers.protocol import Register
from kommissorium.registers.status import figures_telling_of


@dataclass(frozen=True, slots=True)
class PastItem:
    """An item of a meeting that the mandate demands. Nothing of its text is here.

    What came of it is known from the day the minutes were approved: `outcome`, that there was
    nothing new, whether something was written of what was said, whether tasks were chosen at
    it, and the meetings whose minutes it confirmed.
    """

    says: Saying
    withdrawn_on: date | None = None
    outcome: str = ""
    nothing_new: bool = False
    was_discussed: bool = False
    chose_tasks: bool = False
    confirmed: frozenset[int] = frozenset()

    @property
    def is_answered(self) -> bool:
        return bool(self.outcome) or self.nothing_new


@dataclass(frozen=True, slots=True)
class Kept:
    """A frozen record: its key and the hash of its content."""

    record: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A meeting that was called, or registered afterwards.

    `closed_on` is when it was noted as held, `minuted_on` when its minutes were approved, each
    None where it was not. `present` counts those with a vote who were there, of `seats`; None
    where it is not known. One that was `registered_on` a later day was never called.
    """

    key: int
    label: str
    day: date
    called_at: datetime | None = None
    call: Kept | None = None
    cancelled_on: date | None = None
    closed_on: date | None = None
    minuted_on: date | None = None
    minuted_by: str = ""  # the name of who approved them, or registered the meeting
    minutes: Kept | None = None
    registered_on: date | None = None
    present: int | None = None
    seats: int = 0
    who: frozenset[str] | None = None  # was there, by pseudonym; None where it is not known
    link: str = ""
    items: tuple[PastItem, ...] = ()

    def was_held_by(self, day: date) -> bool:
        """Return whether it was known as held when the day ended; if taken back, it is not."""
        is_over = self.cancelled_on is not None and self.cancelled_on <= day
        return self.closed_on is not None and self.closed_on <= day and not is_over

    def was_minuted_by(self, day: date) -> bool:
        """Return whether its minutes were known when the day ended."""
        return self.minuted_on is not None and self.minuted_on <= day

    @property
    def was_attended(self) -> bool:
        """Return whether more than one with a vote was there: nobody meets alone."""
        return self.present is None or self.present > 1


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision. Its title is not here: it may be closed.

    The committee's are `written_on` the day its minutes were approved; nobody knows them before.
    `told_at` are the meetings that were told of the chair's. `unreasoned` says that it costs,
    risks or restricts and gives no reason for it; `has_annex` that its item had a file.
    """

    key: int
    number: str
    at: datetime
    on: date
    written_on: date
    undone_on: date | None  # its meeting's registration was taken back
    outcome: str
    measure: str
    is_weighed: bool
    weighed_later_on: date | None  # the day on which its whole weighing was noted afterwards
    is_heavy: bool
    is_heavy_later: bool  # that weighing says so, and why
    has_reasons: bool
    has_annex: bool
    meeting: int | None
    is_chairs: bool
    is_closed: bool
    told_at: frozenset[int]
    kept: Kept

    def was_written_by(self, day: date) -> bool:
        """Return whether it stood when the day ended."""
        return self.written_on <= day and (self.undone_on is None or self.undone_on > day)

    def was_weighed_later_by(self, day: date) -> bool:
        """Return whether its weighing was noted afterwards, in time, when the day ended.

        What is thought of much later, such as before an audit, did not bear on the decision.
        """
        noted = self.weighed_later_on
        return noted is not None and noted <= min(day, self.written_on + WEIGHED_WITHIN)

    @property
    def link(self) -> str:
        return reverse("decision", args=[self.key])


@dataclass(frozen=True, slots=True)
class CalendarFact:
    """The chain's record of a meeting's time and place, from when it was written."""

    meeting: int
    starts_on: date | None  # None: cancelled
    has_place: bool
    noted: Noted


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


FIGURES: Final = ".figures_kept"  # how the acts end that keep figures of a day


def events_of_registers(on: date | None) -> Q:
    """Return the events about registers; of their figures those that tell of the day."""
    asked = {one for register in registers() for one in register.acts}
    acts = {one for one in asked if isinstance(one, str)}
    narrow = [one for one in asked if isinstance(one, ActAbout)]
    wanted = reduce(or_, (Q(act=one.act, object_kind=one.kind) for one in narrow), Q())
    if on is None:
        return wanted | Q(act__in=acts)
    others = [act for act in acts if not act.endswith(FIGURES) and act != RESULT]
    figures = Q(pk__in=[*figures_telling_of(on), *results_telling_of(on)])
    return wanted | Q(act__in=others) | figures


def pasts_of_registers(events: Sequence[PastEvent]) -> dict[Register, Any]:
    """Return the past of each register, from the events of its acts."""
    today, readers = counts_now(), defaultdict(list)
    for register in registers():
        for one in register.acts:
            readers[one if isinstance(one, str) else one.act].append(register.code)
    own: dict[str, list[PastEvent]] = defaultdict(list)
    for event in events:
        for code in readers.get(event.act, ()):
            own[code].append(event)
    return {one: one.past(own[one.code], today[one.code]) for one in registers()}
