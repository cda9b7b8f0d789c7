"""Doubts from reading a mandate: the few clauses and lines that somebody should check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.committees.mandate_source import Numbered, plain, source_lines
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.committees.reader import understand

# Places left to be filled in, as mandates are handed from one municipality to the next.
_BLANK: Final = re.compile(r"…|[xX]{3,}|_{3,}|\.{3,}")
# What these measure by is a figure that the text names.
_FIGURE_OF: Final = {
    Measure.MEETINGS_PER_YEAR: "min_per_year",
    Measure.CALENDAR_HORIZON: "horizon_months",
}


def has_blank(text: str) -> bool:
    """Return whether a text holds a place to be filled in, as "Head of xxxxx"."""
    return _BLANK.search(text) is not None


def doubt_of_seat(function: str) -> str:
    """Return the doubt about a seat; "" for nothing."""
    if not function.strip():
        return _("The text names no function here. Write it, or leave it open until it is known.")
    if has_blank(function):
        return _("The text has a blank here. Write what belongs in it.")
    return ""


def doubt_of_clause(kind: str, text: str, measure: str, figures: dict[str, object]) -> str:
    """Return the doubt about a clause that is no seat; "" for nothing."""
    if kind == Clause.Kind.OTHER:
        return _("It was not clear what this is. Choose its kind, or keep it as other text.")
    if has_blank(text):
        return _("The text has a blank here. Write what belongs in it.")
    if not measure:
        return _("Nothing was found to measure this by. Choose it, or keep it as your own clause.")
    figure = next((name for code, name in _FIGURE_OF.items() if code == measure), "")
    if figure and not figures.get(figure):
        return _("The text names no figure to measure this by. Write it, if there is one.")
    return ""


def unplaced_lines(text: str, clauses: Sequence[Numbered]) -> list[str]:
    """Return the lines of a text that are in no clause, and are no heading or blank either."""
    loose = [line.text for line in source_lines(text, clauses) if not line.clause]
    found = understand(text)
    headings = [plain(heading) for heading in (found.title, *found.headings)]
    return [
        line
        for line in loose
        if plain(line) and not any(plain(line) in heading for heading in headings)
    ]
