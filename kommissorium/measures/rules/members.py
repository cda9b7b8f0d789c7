"""M: the mandate's seats are held, and by the people the clause asks for.

A seat is known by role and function, as when it is made from the mandate; numbers change from
one version to the next, and a function may be worded otherwise in the roster. Where the clause
asks for a member of the executive board, the coordinator or the data protection officer, who
holds the seat must have that role in the municipality on the date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from kommissorium.measures.clauses import (
    ADVISER,
    CHAIR,
    CHAIRING,
    MEMBER,
    PLAIN_MEMBER,
    SECRETARY,
    Clause,
)
from kommissorium.measures.codes import COORDINATOR, DPO, EXECUTIVE
from kommissorium.measures.findings import Finding, Question, State, fulfilled, not_fulfilled
from kommissorium.measures.history import History
from kommissorium.measures.kinds import ROLES, SEATS, reads
from kommissorium.measures.rules.evidence import (
    fill_the_seat,
    of_role,
    of_seat,
    open_the_committee,
)
from kommissorium.measures.said import _, joined
from kommissorium.measures.terms import SeatTerm

# The words, in Danish and English, by which a clause asks for somebody with a role.
ASKED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    EXECUTIVE: ("direktion", "kommunaldirektør", "executive board", "chief executive"),
    COORDINATOR: ("sikkerhedskoordinator", "security coordinator"),
    DPO: ("databeskyttelsesrådgiver", "dpo", "data protection officer"),
}

# Sentences of a seat whose holder is to have a role: that it is so, and that it is not.
HELD_BY: Final = {
    EXECUTIVE: (
        _("The seat is held by a member of the executive board."),
        _("The seat is held, but not by a member of the executive board."),
    ),
    COORDINATOR: (
        _("The seat is held by the coordinator of information security."),
        _("The seat is held, but not by the coordinator of information security."),
    ),
    DPO: (
        _("The seat is held by the data protection officer."),
        _("The seat is held, but not by the data protection officer."),
    ),
}

DIRECTORS: Final = ("direktør", "director")  # in the chair's row: a member of the executive board


@reads(SEATS, ROLES)
def seat_filled(clause: Clause, history: History, asked: Question) -> Finding:
    """M: the clause's seat is held on the date, by somebody with the role it asks for."""
    on = asked.on
    rows = [one for one in history.clauses_on(on) if one.kind == MEMBER]
    there = [seat for seat in history.seats if seat.own.holds_on(on)]
    seats = assigned(rows, there, on).get(clause.pk, [])
    if not seats:
        if is_open_row(clause):
            text = _("The mandate leaves the row open: nobody is named for it.")
            return Finding(State.OPEN_ROW, text)
        text = _("The committee has no such seat.")
        return not_fulfilled(text, step=open_the_committee(history))
    evidence = [of_seat(seat, history, on) for seat in seats]
    vacant = [seat for seat in seats if seat.holding_on(on) is None]
    if vacant:
        text = _("The seat is vacant.")
        return not_fulfilled(text, *evidence, step=fill_the_seat(vacant[0], history))
    roles = roles_asked(clause)
    found = fulfilled("" if roles else _("The seat is held."), *evidence)
    for kind in roles:
        found = _by_role(found, kind, seats, history, asked)
    return found


def roles_asked(clause: Clause) -> list[str]:
    """Return the roles in the municipality that the clause asks the seat's holder to have."""
    words = f"{clause.text} {clause.function}".casefold()
    asked = [kind for kind, those in ASKED_BY.items() if any(word in words for word in those)]
    is_director = clause.role == CHAIR and any(word in words for word in DIRECTORS)
    return list(dict.fromkeys([*asked, EXECUTIVE])) if is_director else asked


def _by_role(
    found: Finding, kind: str, seats: Sequence[SeatTerm], history: History, asked: Question
) -> Finding:
    """Return the finding, and whether all the seats are held by people with the role."""
    with_role = history.with_role(kind, asked.on)
    held = [seat.holding_on(asked.on) for seat in seats]
    terms = [with_role.get(term.person) if term else None for term in held]
    is_so, is_not = HELD_BY[kind]
    evidence = (
        *found.evidence,
        *(of_role(kind, term, history, asked.on) for term in terms if term),
    )
    if None in terms:
        step = found.step or open_the_committee(history)
        return not_fulfilled(joined(found.sentence, is_not), *evidence, step=step)
    return Finding(found.state, joined(found.sentence, is_so), evidence, found.step)


def assigned(
    rows: Sequence[Clause], seats: Sequence[SeatTerm], on: date
) -> dict[int, list[SeatTerm]]:
    """Return the seats each row of the mandate means, by the row's key; no seat twice.

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
        if row.role != PLAIN_MEMBER and not others:
            take(row, [s for s in left if _fits(s, row)])
    for row in filter(is_open_row, rows):
        take(row, [s for s in left if s.role == PLAIN_MEMBER][:1])
    return found


def is_open_row(clause: Clause) -> bool:
    """Return whether the mandate's table has a row there and names nobody for it."""
    return not clause.function and clause.role not in (*CHAIRING, SECRETARY, ADVISER)


def _fits(seat: SeatTerm, row: Clause) -> bool:
    return seat.role == (row.role or PLAIN_MEMBER)


def _function(seat: SeatTerm, on: date) -> str:
    return seat.function_on(on).casefold()
