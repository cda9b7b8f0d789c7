"""Words that sound like a decision and decide nothing."""

from __future__ import annotations

import pytest
from django.utils.translation import trans_real

from kommissorium.meetings.decision_words import EMPTY, decides_nothing

# What is to be chosen for each thing, and is written when it has been: use of them is refused.
ASKED = {
    (
        "It is recommended that the committee decides what is to be done about what the executive "
        "board sent back."
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        "<p>Udvalget godkendte, at udvalget for hver af dem beslutter, om risikoen skal accepteres.</p>",
        "<p>Udvalget besluttede, hvad der skal ske med de 7 opgaver.</p>",
        "<p>Udvalget</p><ul><li>godkendte planen</li><li>besluttede, hvordan den følges op</li></ul>",
        "<p>Udvalget tog stilling til årsplanen.</p>",
        "<p>The committee decided whether it is renewed.</p>",
    ],
)
def test_what_is_decided_on_is_not_decided(text: str) -> None:
    assert decides_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Udvalget besluttede, at risikoen accepteres til 1. juni 2027.</p>",
        "<p>Udvalget besluttede, hvad der skal ske: serveren lukkes den 1. maj.</p>",
        "<p>Udvalget pålagde ejerne inden næste møde at foreslå, hvad der gøres i stedet.</p>",
        "<p>Udvalget tog status til efterretning.</p>",
        "<p>The committee extended the acceptance until 1 June 2027.</p>",
        "",
    ],
)
def test_what_says_what_holds_from_now_on_is_a_decision(text: str) -> None:
    assert decides_nothing(text) == ""


def test_no_recommendation_of_the_program_decides_only_that_something_is_decided() -> None:
    danish = trans_real.translation("da")._catalog.items()
    said = {key[0] if isinstance(key, tuple) else key: text for key, text in danish}
    opening = ("It is recommended", "decides", "decide ", "tager stilling")
    found = {
        source
        for source, text in said.items()
        if source not in ASKED
        if source.startswith(opening) or text.startswith(("Det indstilles", "beslutter"))
        if EMPTY.search(source) or EMPTY.search(text)
    }
    assert found == set()
