"""The rows of a committee as they told of a day when another day had ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from kommissorium.committees.models import Clause, Mandate
from kommissorium.demo.tests.raw_rows import DAY, Met, Place, Rows, local
from kommissorium.meetings.models import Decision

MONTH = timedelta(days=30)
GREEN, AMBER, RED = "fulfilled", "due_soon", "not_fulfilled"
LATER, NONE, OPEN, GREY = "not_yet_due", "no_occasion", "open_row", "unmeasured"
WORST = (RED, AMBER, GREY, LATER, OPEN, NONE, GREEN)
CHAIRING = ("chair", "deputy_chair")
type Rate = Callable[[Clause, bool], int]


class Count(NamedTuple):
    """A count; without numbers it is the state alone."""

    state: str
    numbers: Sequence[int] | None = None
    meetings: Sequence[str] = ()


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(day)


def a_year_until(day: date) -> date:
    """Return the first of the twelve months that end on the day."""
    after = day + DAY
    try:
        return after.replace(year=after.year - 1)
    except ValueError:  # a 29 February
        return date(after.year - 1, 3, 1)


def says(clause: Clause) -> tuple[str, ...]:
    """Return the promise of a clause, whatever its number."""
    if clause.kind == "member":
        if clause.role in (*CHAIRING, "secretary"):
            return ("member", clause.role)
        return ("member", clause.role, clause.function.casefold() or clause.number)
    return (clause.kind, clause.measure or " ".join(clause.text.casefold().split()))


def a_year(clause: Clause, otherwise: int) -> int:
    by_months = max(1, 12 // clause.cadence_months) if clause.cadence_months else otherwise
    return clause.min_per_year or by_months


class Reading:
    """The rows as they told of a day when another day had ended."""

    def __init__(self, rows: Rows, on: date, known: date) -> None:
        self.rows, self.on, self.known = rows, on, known
        self.begun = a_year_until(on)
        is_now = known >= rows.today
        self.places = rows.places_now() if is_now else rows.places_told(known)
        self.roles = rows.roles_now() if is_now else rows.roles_told(known)

    @cached_property
    def mandates(self) -> list[Mandate]:
        rows = self.rows.mandates
        return [one for one in rows if local(one.approved_at) <= self.known]

    @cached_property
    def in_use(self) -> date:
        """Return the day the first mandate was approved in the program."""
        return min(local(one.approved_at) for one in self.mandates)

    def mandate(self, day: date) -> Mandate | None:
        begun = [one for one in self.mandates if one.effective_from <= day]
        return begun[-1] if begun else None

    def clauses(self, day: date) -> list[Clause]:
        mandate = self.mandate(day)
        return self.rows.clauses[mandate.pk] if mandate else []

    def since(self, clause: Clause) -> date:
        """Return since when the mandates in force have said it without a break."""
        since, day = self.on, self.on
        while any(says(one) == says(clause) for one in self.clauses(day)):
            since = self.mandate(day).effective_from or date.min
            day = since - DAY
        return since

    def missing(self, clause: Clause) -> str:
        """Return the state of what is missing: in the first quarter it is not due yet."""
        due = months_later(max(self.since(clause), self.in_use), 3)
        return RED if self.on >= due else AMBER if self.on + MONTH >= due else LATER

    def with_role(self, kind: str, day: date) -> set[str]:
        return {who for who, has, first, last in self.roles if has == kind and first <= day <= last}

    def executive_sits(self, day: date) -> bool:
        board = self.with_role("executive", day)
        return any(place.holder(day) in board for place in self.places)

    @property
    def chairs(self) -> list[Place]:
        return [one for one in self.places if one.role in CHAIRING and one.holder(self.on)]

    def held(self, first: date, last: date) -> list[Met]:
        rows = self.rows.meetings
        return [one for one in rows if first <= one.day <= last and one.stood(self.known)]

    def minuted(self, first: date) -> list[Met]:
        held = [one for one in self.held(first, self.on) if one not in self.earlier]
        return [one for one in held if one.was_minuted(self.known) and one.was_more_than_one]

    @cached_property
    def earlier(self) -> list[Met]:
        """Return the meetings of the year noted afterwards, which do not count with the program."""
        if self.on < self.in_use:
            return []
        return [one for one in self.held(self.begun, self.on) if one.is_registered]

    def waiting(self, first: date) -> list[Met]:
        return [one for one in self.held(first, self.on) if not one.was_minuted(self.known)]

    def decided(self, first: date) -> list[Decision]:
        undone = {one.row.pk: one.undone_on for one in self.rows.meetings}
        return [
            one
            for one in self.rows.decisions
            if first <= local(one.decided_at) <= self.on
            and local(one.written_at) <= self.known
            and (undone.get(one.meeting_id) or date.max) > self.known
        ]

    def is_alone(self, decision: Decision | None) -> bool:
        """Return whether the chair decided it, and no minutes known then take it up."""
        if decision is None or decision.item_id is not None:
            return False
        about = ("meetings.decision", str(decision.pk))
        return not any(
            (item.subject_kind, item.subject_id) == about
            and item.proceedings.outcome in ("approved", "with_changes", "noted")
            for met in self.rows.meetings
            if met.day <= self.on and met.was_minuted(self.known) and met.was_more_than_one
            for item in met.items
            if hasattr(item, "proceedings")
        )

    def by_committee(self, count: Count, decisions: Iterable[Decision | None]) -> Count:
        """Return the count: amber at best where the chair alone took one of the decisions."""
        is_better = WORST.index(count.state) > WORST.index(AMBER)
        return Count(AMBER) if is_better and any(map(self.is_alone, decisions)) else count

    def asked_for(self, clause: Clause, rate: Rate, ahead: int = 0) -> tuple[int, int, bool]:
        """Return the number a year, the number by now, counted daily, and whether one is near."""
        first, each = a_year_until(self.on + timedelta(days=ahead)), 0
        length = (self.on - first).days + 1 + ahead
        rates = []
        for number in range(length - ahead):
            day, asks = first + number * DAY, None
            if day >= self.in_use or self.on < self.in_use:
                alike = [one for one in self.clauses(day) if says(one) == says(clause)]
                same = [one for one in alike if one.number == clause.number]
                asks = next(iter(same or alike), None)
            each = rate(asks, self.executive_sits(day)) if asks else 0
            rates.append(each)
        total = Fraction(sum(rates) + ahead * each, length)
        days = 0
        while each and total + Fraction(days * each, length) < 1:
            days += 1
        is_near = self.on + timedelta(days=days) <= months_later(self.on, 3)
        return each, min(each, int(total)), is_near
