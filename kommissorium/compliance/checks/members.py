"""M: the seats the mandate makes are held.

A seat is known by role and function, as when it is made from the mandate; numbers change from
one version to the next, and a function may be worded otherwise in the roster.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kommissorium.committees.models import Clause, Seat
from kommissorium.compliance.checks.evidence import fill_the_seat, of_seat, open_the_committee
from kommissorium.compliance.history import History, SeatTerm
from kommissorium.registers.findings import Finding, fulfilled, not_fulfilled, unmeasured

Role = Clause.Role


def seat_filled(clause: Clause, history: History, on: date) -> Finding:
    """M: the seat the clause makes is held by somebody on the date."""
    rows = [one for one in history.clauses_on(on) if one.kind == Clause.Kind.MEMBER]
    there = [seat for seat in history.seats if seat.own.holds_on(on)]
    seats = assigned(rows, there, on).get(clause.pk, [])
    if not seats:
        if is_open_row(clause):
            return unmeasured(_("The mandate leaves the row open: nobody is named for it."))
        text = _("The committee has no such seat.")
        return not_fulfilled(text, step=open_the_committee(history))
    evidence = [of_seat(seat, history, on) for seat in seats]
    vacant = [seat for seat in seats if seat.holding_on(on) is None]
    if vacant:
        text = _("The seat is vacant.")
        return not_fulfilled(text, *evidence, step=fill_the_seat(vacant[0], history))
    return fulfilled(_("The seat is held."), *evidence)


def assigned(
    rows: Sequence[Clause], seats: Sequence[SeatTerm], on: date
) -> dict[int, list[SeatTerm]]:
    """Return which seats each row of the mandate means, by the row's key; no seat twice.

    First those of the same role and function, then of the same role and number; what is left of
    a role that stands in one row only is that row's; open rows take members that are left.
    """
    found: dict[int, list[SeatTerm]] = {}
    left = list(seats)

    def take(row: Clause, those: Sequence[SeatTerm]) -> None:
        if those and row.pk not in found:
            found[row.pk] = list(those)
            left[:] = [seat for seat in left if seat not in those]

    for row in rows:
        said = row.function.casefold()
        take(row, [s for s in left if said and _fits(s, row) and said == _function(s, on)])
    for row in rows:
        take(row, [s for s in left if _fits(s, row) and s.number == row.number])
    for row in rows:
        others = [one for one in rows if one.role == row.role and one.pk != row.pk]
        if row.role != Role.MEMBER and not others:
            take(row, [s for s in left if _fits(s, row)])
    for row in filter(is_open_row, rows):
        take(row, [s for s in left if s.role == Role.MEMBER][:1])
    return found


def is_open_row(clause: Clause) -> bool:
    """Return whether the mandate's table has a row there and names nobody for it."""
    return not clause.function and clause.role not in (*Seat.CHAIRING, Role.SECRETARY, Role.ADVISER)


def _fits(seat: SeatTerm, row: Clause) -> bool:
    return seat.role == (row.role or Role.MEMBER)


def _function(seat: SeatTerm, on: date) -> str:
    return seat.function_on(on).casefold()
