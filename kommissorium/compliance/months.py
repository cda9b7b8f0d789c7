"""A committee's clauses month by month: read from frozen answers, computed where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from kommissorium.committees.models import Committee, Mandate
from kommissorium.compliance.fulfilment import ClauseLine, month_ends, timeline
from kommissorium.compliance.history import CommitteeHistory
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.measures.clauses import Clause, is_promise, same_clause
from kommissorium.measures.findings import State


@dataclass(frozen=True)
class Months:
    """Clauses of today's mandate at the end of each month; `frozen` are the days read from records."""

    ends: Sequence[date]
    lines: Sequence[ClauseLine]
    frozen: frozenset[date]


_SHOWN: Final = KeptAnswers[tuple[int, int], Months](most=20)


def shown_months(committee: Committee, number: int) -> Months:
    """Return so many months until today: kept until something is done."""
    today = timezone.localdate()
    return _SHOWN.answer((committee.pk, number), lambda: months_of(committee, today, number))


def months_of(committee: Committee, last: date, number: int) -> Months:
    """Return so many months until the day. The day itself is always computed."""
    ends = month_ends(last, number)
    kept = _kept(committee, ends)
    first = first_day(committee)
    missing = [on for on in ends[:-1] if on not in kept and first and on >= first]
    told = history_of(committee, None if missing else last)
    clauses = [one for one in told.clauses_on(last) if is_promise(one)]
    counted = {
        day: states
        for day, *states in zip(
            [*missing, last],
            *(line.states for line in timeline(told, clauses, [*missing, last])),
            strict=True,
        )
    }
    by_mandate = {
        key: _same(told, clauses, key) for key in {one.mandate_id for one in kept.values()}
    }
    for on, row in kept.items():
        keys = by_mandate[row.mandate_id]
        counted[on] = [State(row.states[key]) if key else None for key in keys]
    nothing: Sequence[State | None] = [None] * len(clauses)
    lines = [
        ClauseLine(told.clause_rows[one.pk], [counted.get(on, nothing)[place] for on in ends])
        for place, one in enumerate(clauses)
    ]
    return Months(ends, lines, frozenset(kept))


def first_day(committee: Committee) -> date | None:
    """Return the first day on which a mandate was in force, as known then; None without one."""
    mandates = Mandate.objects.approved().filter(committee=committee)
    begun = mandates.values_list("approved_at", "effective_from")
    days = [max(timezone.localdate(at), begins) for at, begins in begun if begins]
    return min(days, default=None)


def _kept(committee: Committee, ends: Sequence[date]) -> Mapping[date, FrozenAnswer]:
    """Return the frozen answers of the days, of each the first (one query)."""
    rows = FrozenAnswer.objects.final().of(committee).filter(on__in=ends).order_by("-pk")
    return {row.on: row for row in rows}


def _same(history: CommitteeHistory, clauses: Sequence[Clause], mandate: int | None) -> list[str]:
    """Return for each clause the key of that which says the same in a mandate; "" for none."""
    of_mandate = history.clauses[mandate] if mandate else ()
    found = [same_clause(one, of_mandate) for one in clauses]
    return [str(one.pk) if one else "" for one in found]
