"""The risks on the front of who leads: the matrix a year ago and today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.measures.days import add_months
from kommissorium.registers.front import FrontLine, FrontPicture
from kommissorium.registers.status import in_use_since
from kommissorium.risks.cell_counts import Figures, figures_now, figures_on, levels_by_day
from kommissorium.risks.levels import Levels, accept_the_same
from kommissorium.risks.matrix import ScaleCache, matrix_of

BACK: Final = 12  # months
NEAREST: Final = timedelta(days=30)  # so new a picture is compared with none before it


def matrix_picture(person: Person, day: date, /) -> FrontPicture:
    """Return the risks that the person may read, today and a year ago (five queries)."""
    then = max(add_months(day, -BACK), in_use_since())
    scales = ScaleCache.known()
    level_then, level = levels_by_day([then, day], scales.all)
    before, now = figures_on(then, person), figures_now(person)
    has_then = then <= day - NEAREST and before.total > 0
    sentence = _sentence(now, level)
    if has_then and level and accept_the_same(level_then, level):
        was = {"day": day_in_words(then), "number": before.above(level_then)}
        sentence += " " + _("On %(day)s it was %(number)d.") % was
    told = ((day_in_words(then), before, level_then),) if has_then else ()
    lines = [
        line
        for name, figures, levels in (*told, (_("Today"), now, level))
        if (line := _line(name, figures, levels, scales))
    ]
    url = reverse("risks") + (f"?then={then.isoformat()}" if has_then else "")
    return FrontPicture(_("The risks then and now"), url, sentence, lines if now.total else ())


def _line(name: str, figures: Figures, levels: Levels, scales: ScaleCache) -> FrontLine | None:
    """Return the matrix of a day; None without any scale."""
    if scales.drawn is None:
        return None
    level, counts = levels.get(""), figures.counts(scales.alike)
    drawn = matrix_of(scales.drawn, counts=counts, level=level.cells if level else None)
    return FrontLine(name, drawn.small(name))


def _sentence(now: Figures, levels: Levels) -> str:
    if not now.total:
        return _("No risk is assessed yet.")
    if not levels:
        return _("No risk level holds today. So nobody can say what is too much.")
    above = now.above(levels)
    if not above:
        return _("No risk lies above the risk level.")
    said = ngettext(
        "%(number)d risk lies above the risk level.",
        "%(number)d risks lie above the risk level.",
        above,
    )
    return said % {"number": above}
