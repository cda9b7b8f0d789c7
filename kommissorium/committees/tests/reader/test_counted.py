"""The mandates that are only counted: what a person reads out of them stands in their text."""

from __future__ import annotations

import pytest

from kommissorium.committees.tests.reader import counted

NAMES = [name for half in counted.halves().values() for name in half]
TERMS = counted.terms(NAMES)


def test_half_of_the_mandates_are_held_out_and_of_those_written_first_too() -> None:
    tuning, held_out = counted.halves().values()
    assert not set(tuning) & set(held_out)
    assert abs(len(tuning) - len(held_out)) <= 1
    assert abs(len(counted.terms(tuning)) - len(counted.terms(held_out))) <= 1


@pytest.mark.parametrize("name", TERMS)
def test_what_a_person_reads_stands_in_the_text(name: str) -> None:
    text = counted.kept(name)["text"]
    assert len(counted.kept(name)["seats"]) > 4
    assert [said for said, *_measure in counted.kept(name)["clauses"] if said not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_clause_of_a_counted_mandate_is_lost(name: str) -> None:
    assert counted.count(name)["lost"] == 0
