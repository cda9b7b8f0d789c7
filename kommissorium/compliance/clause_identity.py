"""Recognition of a clause in another version of the mandate, whatever its number there."""

from __future__ import annotations

from collections.abc import Sequence

from kommissorium.committees.models import Clause, Seat

type Saying = tuple[str, ...]


def saying(clause: Clause) -> Saying:
    """Return the text of the clause, in a form that can be compared.

    What is measured the same says the same. A member's row says its role and function; text
    without a measure says its words.
    """
    if clause.kind == Clause.Kind.MEMBER:
        is_told_by_role = clause.role in (*Seat.CHAIRING, Seat.Role.SECRETARY)
        function = "" if is_told_by_role else clause.function.casefold()
        return (clause.kind, clause.role, function or ("" if is_told_by_role else clause.number))
    if clause.measure:
        return (clause.kind, clause.measure)
    return (clause.kind, " ".join(clause.text.casefold().split()))


def same_clause(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """Return the clause of another version with the same text; of several, the one so numbered."""
    alike = [one for one in clauses if saying(one) == saying(clause)]
    exact = [one for one in alike if one.number == clause.number]
    return next(iter(exact or alike), None)
