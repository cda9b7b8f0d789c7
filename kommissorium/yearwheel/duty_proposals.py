"""Duties that the clauses of the mandate propose, and dates for the first of them."""

from __future__ import annotations

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
MONTH, YEARLY = 30, 12  # days, months


def propose_spread(committee: Committee, days: DueDays | None = None) -> list[ProposedDuty]:
    """Return what the clauses propose; for a committee that has not met yet after its first
    meeting, and no two of what nobody decides in the same fortnight where there is room.
    """
    days = days or DueDays(committee)
    first = min(days.days.values(), default=None)
    if first is None or first <= timezone.localdate():
        return propose_duties(committee, days=days)
    return _spread(propose_duties(committee, first, days), days, first)


def _spread(found: Sequence[ProposedDuty], days: DueDays, since: date) -> list[ProposedDuty]:
    own = [one for one in found if one.key.startswith("clause:")]
    shares = {one.key: place / (len(own) + 1) for place, one in enumerate(own, 1)}
    taken: set[int] = set()
    return [_moved(one, shares.get(one.key), days, since, taken) for one in found]


def _moved(
    one: ProposedDuty, share: float | None, days: DueDays, since: date, taken: set[int]
) -> ProposedDuty:
    if one.due is None or one.by_decision or one.is_adopted:
        return one
    due = one.due
    if share is not None:  # clauses of the committee's own name no month: each its part of the time
        due = since + timedelta(days=round(share * MONTH * (one.interval_months or 1)))
    if (one.interval_months or 0) >= YEARLY:  # what recurs more often is spread by that
        due = _free(due, days, taken)
    taken.add(_fortnight(due))
    return one if due == one.due else replace(one, first=due, due=due, anchor=None)


def _free(day: date, days: DueDays, taken: set[int]) -> date:
    """Return the day, or the first of the weeks after it in whose fortnight nothing is due yet."""
    for weeks in range(MOST_WEEKS + 1):
        found = working_day(day + weeks * WEEK, days.avoided)
        if _fortnight(found) not in taken:
            return found
    return day


def _fortnight(day: date) -> int:
    return day.toordinal() // 14
