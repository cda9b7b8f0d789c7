"""The terms of reference that come with the program name every measure once."""

from __future__ import annotations

from collections import Counter

import pytest

from kommissorium.committees.reader import builtin, read_text
from kommissorium.measures.codes import Measure


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_builtin_text_is_read_in_full(language: str) -> None:
    found = read_text(builtin(language))
    assert found.language == language
    assert Counter(clause.kind for clause in found.clauses) == {
        "member": 7,
        "responsibility": 11,
        "task": 9,
        "meeting": 2,
        "agenda": 8,
    }
    measures = [clause.measure for clause in found.clauses if clause.kind != "member"]
    expected = [measure for measure in Measure if measure != Measure.SEAT_FILLED]
    assert measures == expected


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_builtin_text_names_the_usual_seats_and_cadences(language: str) -> None:
    found = read_text(builtin(language))
    roles = [row.role for row in found.members]
    assert roles == ["chair", "secretary", "adviser", "deputy_chair", "member", "member", "member"]
    assert [row.function for row in found.members[-2:]] == [None, None]
    cadences = {
        clause.number: (
            clause.cadence_months,
            clause.min_per_year,
            clause.max_per_year,
            clause.horizon_months,
        )
        for clause in found.clauses
    }
    assert {number: value for number, value in cadences.items() if any(value)} == {
        "R9": (12, 1, None, None),
        "R10": (3, 4, None, None),
        "T6": (3, 4, None, None),
        "T8": (6, 2, None, None),
        "K1": (3, 4, None, None),
        "K2": (None, None, None, 6),
        "A7": (12, 1, 4, None),
    }
