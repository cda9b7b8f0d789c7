"""Each rule reads nothing but the kinds of facts that it says it reads: the rest is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.measures.answer import find, kinds_of
from kommissorium.measures.clauses import is_promise
from kommissorium.measures.committee_past import past_of
from kommissorium.measures.history import History
from kommissorium.measures.kinds import Kind, Lineage
from kommissorium.measures.told import Told

pytestmark = pytest.mark.usefixtures("havneby")
MONTHS = 16


def told_of(told: Told, kinds: Iterable[Kind]) -> Told:
    """Leave the rows and the events of these kinds alone."""
    lineage, acts = Lineage(told.rows), {act for kind in kinds for act in kind.acts}
    rows = {
        table: [row for row in rows if any(lineage.is_read(table, row, kind) for kind in kinds)]
        for table, rows in told.rows.items()
    }
    return replace(told, rows=rows, events=[one for one in told.events if one.act in acts])


def without_the_rest(committee: int, told: Told, clauses: Any) -> Callable[[Any], History]:
    kept: dict[frozenset[Kind], History] = {}

    def history(clause: Any) -> History:
        kinds = kinds_of(clause)
        if kinds not in kept:
            kept[kinds] = History(**past_of(committee, told_of(told, kinds), clauses))
        return kept[kinds]

    return history


def test_a_rule_finds_the_same_in_the_kinds_it_says_it_reads() -> None:
    number, today = 0, timezone.localdate()
    for committee in Committee.objects.filter(mandates__approved_at__isnull=False).distinct():
        whole = history_of(committee)
        clauses = list(whole.clause_rows.values())
        cut = without_the_rest(committee.pk, whole.told, clauses)
        for on in month_ends(today, MONTHS):
            for known in {on, today}:
                then = whole.as_known(known)
                for clause in filter(is_promise, then.clauses_on(on)):
                    found = find(clause, cut(clause).as_known(known), on)
                    assert found == find(clause, then, on), (clause.measure, on, known)
                    number += 1
    assert number > 1_000
