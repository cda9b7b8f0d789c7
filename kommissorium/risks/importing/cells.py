"""One cell of a sheet of risks, read as a step of the scale or as one of our words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.core.documents.sheets import CellRefused
from kommissorium.registers.importing.cells import (
    UNSAID,
    Cell,
    coded,
    codes_by_label,
    folded,
    shown,
    words_of,
)
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
    sentence = _("“%(word)s” is not a step of the scale. Write one of: %(words)s.")
    raise CellRefused(sentence % {"word": shown(value), "words": names})


_treatment = coded(Treatment.choices, TREATMENTS)


def treatment_of(value: Cell) -> str:
    """Return the treatment a cell names, "" for an empty one. Raises CellRefused."""
    return (_treatment(value) if words_of(value) else None) or Treatment.NONE


def group_of(value: Cell) -> str:
    """Return the category a cell names; "" for an empty one and for one that is not ours."""
    return _groups().get(folded(words_of(value)), "")


@cache
def _groups() -> Mapping[str, str]:
    return {code: code for code in Group.values} | codes_by_label(Group.choices)
