"""The answer in a few sentences, and the marks of the states: for page, paper and command."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Municipality
from kommissorium.committees.models import Mandate
from kommissorium.compliance.fulfilment import Fulfilment
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import State

# Told apart without colour, and the same everywhere.
MARKS: Mapping[str, str] = {
    State.FULFILLED: "●",
    State.DUE_SOON: "◐",
    State.NOT_FULFILLED: "✕",
    State.NOT_YET_DUE: "○",
    State.NO_OCCASION: "·",
    State.OPEN_ROW: "□",
    State.UNMEASURED: "–",
}
TONES: Mapping[str, str] = {
    State.FULFILLED: "success",
    State.DUE_SOON: "warning",
    State.NOT_FULFILLED: "error",
    State.NOT_YET_DUE: "waiting",
    State.NO_OCCASION: "neutral",
    State.OPEN_ROW: "neutral",
    State.UNMEASURED: "neutral",
}


def in_words(fulfilment: Fulfilment) -> str:
    """Return the number of clauses in each state, as sentences; states without any are left out."""
    if fulfilment.mandate is None:
        return _("No mandate was in force.")
    counts = fulfilment.counts
    number, of = counts[State.FULFILLED], len(fulfilment.findings)
    first = ngettext(
        "%(number)d of %(of)d clause is fulfilled.",
        "%(number)d of %(of)d clauses are fulfilled.",
        of,
    ) % {"number": number, "of": of}
    return " ".join([first, *_others(counts), *_adopted_alone(fulfilment.mandate)])


def _adopted_alone(mandate: Mandate) -> list[str]:
    """Return the caveat about the mandate's approval: by one person, or that one person may."""
    if mandate.was_approved_alone():
        return [_("One person both entered and approved the mandate.")]
    if Municipality.current().one_may_adopt_mandates:
        return [_("By a setting one person may both enter and approve a mandate.")]
    return []


def reading_in_words(fulfilment: Fulfilment) -> str:
    """Return the basis of the answer: what was known then, or what is known today."""
    if fulfilment.is_as_known_then:
        return _("As it was known on %(day)s") % {"day": day(fulfilment.on)}
    return _("As we know it on %(day)s") % {"day": day(fulfilment.known)}


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
        State.NOT_YET_DUE: ngettext(
            "%(number)d is not yet due.",
            "%(number)d are not yet due.",
            counts[State.NOT_YET_DUE],
        ),
        State.NO_OCCASION: ngettext(
            "There was no occasion for %(number)d.",
            "There was no occasion for %(number)d.",
            counts[State.NO_OCCASION],
        ),
        State.OPEN_ROW: ngettext(
            "%(number)d is an open row.",
            "%(number)d are open rows.",
            counts[State.OPEN_ROW],
        ),
        State.UNMEASURED: ngettext(
            "%(number)d is not measured.",
            "%(number)d are not measured.",
            counts[State.UNMEASURED],
        ),
    }
    return [text % {"number": counts[state]} for state, text in words.items() if counts[state]]
