"""Meetings and decisions of a committee as dated facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kommissorium.measures.clauses import Saying
from kommissorium.measures.codes import DEFERRED
from kommissorium.measures.findings import Noted
from kommissorium.measures.said import Link, link

WEIGHED_WITHIN = timedelta(days=30)  # of being written down: later it is no weighing


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Kept:
    """A frozen record: its key and the hash of its content; the event that sealed it, and its day."""

    record: int
    content_hash: str
    event: int = 0
    on: date = date.min


@dataclass(frozen=True)
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
    minutes: Kept | None = None
    registered_on: date | None = None
    present: int | None = None
    seats: int = 0
    who: frozenset[str] | None = None  # was there, by pseudonym; None where it is not known
    link: Link | str = ""
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


@dataclass(frozen=True)
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
    is_silent: bool  # of money or risk, with four neutral chips and not a word
    chain: int | None  # the first item of the row of items it belongs to
    has_annex: bool
    meeting: int | None
    is_chairs: bool
    is_closed: bool
    told_at: frozenset[int]
    answers: tuple[tuple[int, str], ...]  # of the chair's: meeting, and outcome there
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

    def is_settled_by(self, other: MadeDecision) -> bool:
        """Return whether the other decided later what this one postponed."""
        is_later = other.at > self.at and other.outcome != DEFERRED
        return self.chain is not None and other.chain == self.chain and is_later

    @property
    def link(self) -> Link:
        return link("decision", self.key)


@dataclass(frozen=True)
class CalendarFact:
    """The chain's record of a meeting's time and place, from when it was written."""

    meeting: int
    starts_on: date | None  # None: cancelled
    has_place: bool
    noted: Noted
