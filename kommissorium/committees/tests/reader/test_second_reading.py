"""The second reading of clauses: its weights, and what it doubts."""

from __future__ import annotations

from time import process_time

import pytest

from kommissorium.committees.reader import builtin, candidates, read_text
from kommissorium.committees.reader.second_reading import WEIGHTS
from kommissorium.committees.tests.reader.training import weights
from kommissorium.measures.codes import Measure


def test_the_weights_are_what_the_texts_give_to_the_byte() -> None:
    assert WEIGHTS.read_text(encoding="ascii") == weights(), "run scripts/second_reading.py"


@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_of_the_built_in_mandate_is_in_doubt(language: str) -> None:
    clauses = [one for one in read_text(builtin(language)).clauses if one.kind != "member"]
    assert [one.text for one in clauses if candidates(one.kind, one.text)] == []


def test_where_the_rules_find_nothing_the_words_alone_are_a_doubt_and_no_measure() -> None:
    clause = (
        "Kontrollerer mindst én gang om året, at private telefoner bliver brugt efter reglerne."
    )
    found = read_text(f"Kommissorium for sikkerhedsudvalget\n\nOpgaver\n- {clause}\n- Spiser kage.")
    assert [one.measure for one in found.clauses] == [None, None]
    first, cake = found.clauses
    assert candidates(first.kind, first.text) == (None, Measure.CONTINUITY_TEST)
    assert candidates(cake.kind, cake.text) == ()


def test_where_the_readings_differ_both_measures_are_candidates() -> None:
    found = candidates(
        "task", "Direktøren kan på udvalgets vegne godkende procedurer mellem møderne."
    )
    assert found == (Measure.UNDERLYING_POLICIES, Measure.CHAIR_MANDATE)


def test_a_long_text_is_read_again_in_no_time() -> None:
    start = process_time()
    candidates("task", "informationssikkerhedspolitik " * 2000)
    assert process_time() - start < 0.2
