"""The answer in a few sentences, and the marks of the states: for page, paper and command."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.compliance.fulfilment import Fulfilment
from kommissorium.registers.findings import State

# Told apart without colour, and the same everywhere.
MARKS: Mapping[str, str] = {
    State.FULFILLED: "●",
    State.DUE_SOON: "◐",
    State.NOT_FULFILLED: "✕",
    State.UNMEASURED: "–",
}
TONES: Mapping[str, str] = {
    State.FULFILLED: "success",
    State.DUE_SOON: "warning",
    State.NOT_FULFILLED: "error",
    State.UNMEASURED: "neutral",
}


def in_words(fulfilment: Fulfilment) -> str:
    """Return how many clauses stand how, as sentences; what is none of them is left out."""
    if fulfilment.mandate is None:
        return _("No mandate was in force.")
    counts = fulfilment.counts
    number, of = counts[State.FULFILLED], len(fulfilment.findings)
    first = ngettext(
        "%(number)d of %(of)d clause is fulfilled.",
        "%(number)d of %(of)d clauses are fulfilled.",
        of,
    ) % {"number": number, "of": of}
    return " ".join([first, *_others(counts)])


def _others(counts: Mapping[State, int]) -> list[str]:
    words = {
        State.NOT_FULFILLED: ngettext(
            "%(number)d is not fulfilled.",
            "%(number)d are not fulfilled.",
            counts[State.NOT_FULFILLED],
        ),
        State.DUE_SOON: ngettext(
            "%(number)d is due soon.",
            "%(number)d are due soon.",
            counts[State.DUE_SOON],
        ),
        State.UNMEASURED: ngettext(
            "%(number)d cannot be measured yet.",
            "%(number)d cannot be measured yet.",
            counts[State.UNMEASURED],
        ),
    }
    return [text % {"number": counts[state]} for state, text in words.items() if counts[state]]
