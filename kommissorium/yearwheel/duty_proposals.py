"""Duties that the clauses of the mandate propose, and dates for the first of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, OrganisationRole, Person, held_on
from kommissorium.committees.models import Clause, Committee, Holding, Seat
from kommissorium.measures.answer import registers_of
from kommissorium.yearwheel.cadence import due_dates
from kommissorium.yearwheel.defaults import DEFAULTS, DutyDefault
from kommissorium.yearwheel.defaults.effort import EFFORT, OF_A_CLAUSE, Effort
from kommissorium.yearwheel.due_days import DueDays, working_day
from kommissorium.yearwheel.models import Duty, Rhythm
from kommissorium.yearwheel.standards import tags_of

SHOWN_TITLE = 120
TERM = timedelta(days=30)  # a clause with a cadence of its own is first due after so long
YEAR, QUARTER = 12, 3
EXECUTIVE_REPORT = "executive_report"  # the key of the report to the executive board


@dataclass(frozen=True)
class ProposedDuty:
    """A duty a clause proposes, as it would be adopted today, in the reader's language.

    `first` is the first day its cadence gives and `due` when that is due: see due_days.
    """

    key: str
    clause: Clause
    title: str
    method: str
    success: str
    evidence_wanted: str
    by_decision: bool
    rhythm: str
    interval_months: int | None
    first: date | None
    due: date | None
    anchor: date | None
    lead_days: int
    seat: Seat | None
    feeds: str
    tags: tuple[str, ...]
    is_adopted: bool
    effort: Effort
    person: Person | None = None  # who answers for it where no seat does


def propose_duties(
    committee: Committee, on: date | None = None, days: DueDays | None = None
) -> list[ProposedDuty]:
    """Return what the clauses of the mandate propose, in the mandate's order (six queries).

    Nothing of clauses that are measured by a register which is not in use.

    Of a mandate that takes effect later: as of that day. Nothing without an approved mandate.
    """
    on = _day_of(committee, on or timezone.localdate())
    put_off = Municipality.current().put_off_on(timezone.localdate())
    asked = Clause.objects.in_force(committee, on).select_related("mandate")
    clauses = [
        one for one in asked if not any(rules.code in put_off for rules in registers_of(one))
    ]
    have = adopted_keys(committee)
    seats = list(committee.seats.on(on))
    days = days or DueDays(committee)
    reports = reports_every(committee, on)
    found = []
    for clause in clauses:
        given = [one for one in DEFAULTS if _gives(clause, one, clauses)]
        found += [
            _from_default(one, clause, seats, have, on=on, reports=reports, days=days)
            for one in given
        ]
        if not given and clause.cadence_months and not clause.measure:
            found.append(_from_clause(clause, seats, have, on, days))
    return found


def adopted_keys(committee: Committee) -> set[str]:
    """Return the keys of the proposals the committee has adopted and not ended."""
    rows = Duty.objects.filter(committee=committee, ended_on=None).exclude(default_key="")
    return set(rows.values_list("default_key", flat=True))


def _day_of(committee: Committee, on: date) -> date:
    begun = committee.mandates.approved().order_by("effective_from")
    first = begun.values_list("effective_from", flat=True).first()
    return max(on, first) if first else on


def _gives(clause: Clause, default: DutyDefault, clauses: Sequence[Clause]) -> bool:
    """Return whether the default is this clause's: the first of those it serves has it."""
    serving = [one for one in clauses if one.measure in default.measures]
    return bool(serving) and serving[0].pk == clause.pk


def _from_default(
    default: DutyDefault,
    clause: Clause,
    seats: Sequence[Seat],
    have: set[str],
    *,
    on: date,
    reports: int,
    days: DueDays,
) -> ProposedDuty:
    interval = _interval(default, clause, reports)
    dated = default.rhythm == Rhythm.INTERVAL
    first = _first_due(default, interval, on) if dated else None
    return ProposedDuty(
        key=default.key,
        clause=clause,
        title=str(default.title),
        method=str(default.method),
        success=str(default.success),
        evidence_wanted=str(default.evidence),
        by_decision=default.by_decision,
        rhythm=default.rhythm,
        interval_months=interval if dated else None,
        first=first,
        due=days.of(first, by_decision=default.by_decision, since=on)[0] if first else None,
        anchor=_anchor(default, on) if dated else None,
        lead_days=default.lead_days,
        seat=_seat(seats, default.role),
        feeds=default.feeds,
        tags=(*(str(tag) for tag in default.tags), *tags_of(default.key)),
        is_adopted=default.key in have,
        effort=EFFORT[default.key],
    )


def _from_clause(
    clause: Clause, seats: Sequence[Seat], have: set[str], on: date, days: DueDays
) -> ProposedDuty:
    key = f"clause:{clause.number}"
    text = clause.text.strip()
    title = text if len(text) <= SHOWN_TITLE else f"{text[:SHOWN_TITLE].rsplit(' ', 1)[0]} …"
    return ProposedDuty(
        key=key,
        clause=clause,
        title=title,
        method=text if title != text else "",
        success=_("The clause of the mandate is met."),
        evidence_wanted="",
        by_decision=False,
        rhythm=Rhythm.INTERVAL,
        interval_months=clause.cadence_months,
        first=on + TERM,
        due=working_day(on + TERM, days.avoided),
        anchor=None,
        lead_days=30,
        seat=_seat(seats, Clause.Role.SECRETARY),
        feeds="",
        tags=(),
        is_adopted=key in have,
        effort=OF_A_CLAUSE,
    )


def _interval(default: DutyDefault, clause: Clause, reports: int) -> int:
    if default.key == EXECUTIVE_REPORT:
        return reports
    if default.by_clause and clause.cadence_months:
        return clause.cadence_months
    return default.interval_months


def _first_due(default: DutyDefault, interval: int, on: date) -> date:
    return next(due_dates(_anchor(default, on), interval, on, date.max))


def _anchor(default: DutyDefault, on: date) -> date:
    return date(default.first_year or on.year - 1, default.month, default.day)


def _seat(seats: Sequence[Seat], role: str) -> Seat | None:
    """Return the first seat of the role, else the secretary's; None where there is neither."""
    for wanted in (role, Clause.Role.SECRETARY):
        for seat in seats:
            if seat.role == wanted:
                return seat
    return None


def has_executive(committee: Committee, on: date) -> bool:
    """Return whether a member of the executive board sits in the committee on the day."""
    sitting = Holding.objects.filter(held_on(on), seat__committee=committee)
    executives = OrganisationRole.objects.filter(held_on(on), kind=OrganisationRole.Kind.EXECUTIVE)
    return sitting.filter(person__in=executives.values("person")).exists()


def reports_every(committee: Committee, on: date) -> int:
    """Return after how many months at most the executive board gets its next report."""
    return YEAR if has_executive(committee, on) else QUARTER


WEEK = timedelta(days=7)
MOST_WEEKS = 16  # so far a date is moved at most, to a fortnight of its own
MONTH, HALF_YEARLY, YEARLY = 30, 6, 12  # days, months
CEILING = 18 * 60  # minutes a month that one seat is asked for: four hours a week


def propose_spread(committee: Committee, days: DueDays | None = None) -> list[ProposedDuty]:
    """Return what the clauses propose; for a committee that has not met yet after its first
    meeting, no two of what nobody decides in the same fortnight, and no seat asked for more than
    four hours a week in any month, where there is room.
    """
    days = days or DueDays(committee)
    first = min(days.days.values(), default=None)
    if first is None or first <= timezone.localdate():
        return propose_duties(committee, days=days)
    return _Spread(propose_duties(committee, first, days), days, first).spread()


class _Spread:
    """Proposals whose dates are spread from a day on, those of the smallest wheel placed first."""

    def __init__(self, found: Sequence[ProposedDuty], days: DueDays, since: date) -> None:
        self.found, self.days, self.since = found, days, since
        own = [one for one in found if one.key.startswith("clause:")]
        self.shares = {one.key: place / (len(own) + 1) for place, one in enumerate(own, 1)}
        self.taken: set[int] = set()
        self.minutes: Counter[tuple[int | None, int]] = Counter()  # by seat and month

    def spread(self) -> list[ProposedDuty]:
        for one in self.found:
            if not self._moves(one):
                self._keep(one, one.due)
        first = sorted(self.found, key=lambda one: (not one.by_decision, one.effort.size))
        moved = {one.key: self._moved(one) for one in first}
        return [moved[one.key] for one in self.found]

    def _moves(self, one: ProposedDuty) -> bool:
        """Return whether its date may be another.

        What recurs more often than twice a year keeps its date, but for the committee's own.
        """
        is_seldom = (one.interval_months or 0) >= HALF_YEARLY
        return one.due is not None and not one.is_adopted and (is_seldom or one.key in self.shares)

    def _moved(self, one: ProposedDuty) -> ProposedDuty:
        due = one.due
        if due is None or not self._moves(one):
            return one
        share = self.shares.get(one.key)
        if share is not None:  # the committee's own name no month: each its part of the time
            due = self.since + timedelta(days=round(share * MONTH * (one.interval_months or 1)))
        if (one.interval_months or 0) >= HALF_YEARLY:
            due = self._free(one, due)
        self._keep(one, due)
        return one if due == one.due else replace(one, first=due, due=due, anchor=None)

    def _free(self, one: ProposedDuty, day: date) -> date:
        """Return the day, or the first later one that is free and whose month bears it.

        That is the day of a meeting for what it decides, else one in a fortnight nobody has. Where
        no month bears it, it is the first of those with least in it.
        """
        if one.by_decision:
            last = day + MOST_WEEKS * WEEK
            free = [met for met in sorted(self.days.days.values()) if day <= met <= last]
        else:
            weeks = (working_day(day + n * WEEK, self.days.avoided) for n in range(MOST_WEEKS + 1))
            free = [found for found in weeks if _fortnight(found) not in self.taken]
        asked = [self.minutes[_seat_of(one), found.month] for found in free]
        most = max(CEILING - one.effort.minutes, min(asked, default=0))
        borne = (found for found, minutes in zip(free, asked, strict=True) if minutes <= most)
        return next(borne, day)

    def _keep(self, one: ProposedDuty, due: date | None) -> None:
        """Take the fortnight where nobody decides it, and the minutes of a year in their months."""
        months = [day.month for day in self.days.days.values()]
        if due is not None and not one.by_decision and not one.is_adopted:
            self.taken.add(_fortnight(due))
        if due is not None:
            step = one.interval_months or YEARLY
            months = [(due.month - 1 + ahead) % YEARLY + 1 for ahead in range(0, YEARLY, step)]
        for month in months:
            self.minutes[_seat_of(one), month] += one.effort.minutes


def _seat_of(one: ProposedDuty) -> int | None:
    return one.seat.pk if one.seat else None


def _fortnight(day: date) -> int:
    return day.toordinal() // 14
