"""One cell of a sheet of risks, read as a step of the scale or as one of our words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.assets.importing.cells import Cell, shown, words_of
from kommissorium.assets.importing.targets import folded
from kommissorium.assets.importing.words import UNSAID
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.risks.models import Group, Step, Treatment

_NUMBERED = re.compile(r"(\d+)(?:[.,]0+)?(?![.,]?\d)(?:\W.*)?")  # "3", "3 - Høj", "3: likely"
TREATMENTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("accepter", "acceptér", "accept", "accepteres", "accepteret"), "accept"),
    **dict.fromkeys(("undgå", "avoid", "undgås", "eliminer", "eliminér", "stop"), "avoid"),
    **dict.fromkeys(("del", "share", "overfør", "transfer", "overføres", "forsikring"), "share"),
    **dict.fromkeys(
        (
            *("nedbring", "mitigate", "reducer", "reducér", "reduce", "mitiger", "mitigér"),
            *("nedbringes", "reduceres", "mitigeres", "begræns", "behandl", "håndter", "håndtér"),
        ),
        "mitigate",
    ),
}


def step_of(value: Cell, steps: Sequence[Step]) -> int | None:
    """Return the number of the step a cell names by number or by word; None for an empty one.

    Raises CellRefused for what the scale has not.
    """
    words = words_of(value)
    if not words or folded(words) in UNSAID or words in {"-", "–"}:
        return None
    named = {folded(one.name): one.number for one in steps}
    if (word := folded(words)) in named:
        return named[word]
    numbered = _NUMBERED.fullmatch(words)
    if numbered and 1 <= int(numbered[1]) <= len(steps):
        return int(numbered[1])
    names = ", ".join(f"{one.number} {one.name}" for one in steps)
    sentence = _("“%(word)s” is no step of the scale. Write one of: %(words)s.")
    raise CellRefused(sentence % {"word": shown(value), "words": names})


def treatment_of(value: Cell) -> str:
    """Return the treatment a cell names, "" for an empty one. Raises CellRefused."""
    word = folded(words_of(value))
    if not word or word in UNSAID:
        return Treatment.NONE
    known = {**_labels(Treatment), **TREATMENTS}
    if word in known:
        return known[word]
    names = ", ".join(str(one.label) for one in Treatment if one)
    sentence = _("“%(word)s” is not known here. Write one of: %(words)s.")
    raise CellRefused(sentence % {"word": shown(value), "words": names})


def group_of(value: Cell) -> str:
    """Return the category a cell names; "" for an empty one and for one that is not ours."""
    return _labels(Group).get(folded(words_of(value)), "")


def _labels(choices: type[Group | Treatment]) -> dict[str, str]:
    """Return the codes by what they are called in each of our languages, and by themselves."""
    found = {folded(code): str(code) for code in choices.values}
    for language, _called in settings.LANGUAGES:
        with override(language):
            found |= {folded(str(one.label)): str(one.value) for one in choices}
    return found
