"""Risks in the quarterly status: the picture, the acceptances, and the plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.risk_past import RiskCounts, kept_figures
from kommissorium.registers.status import (
    StatusFigure,
    StatusPart,
    Unit,
    Wanted,
    compared,
    figures_telling,
    in_sentences,
    in_use_since,
    told,
)
from kommissorium.risks.cell_counts import Figures, levels_by_day
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.greatest import columns, greatest_on, requests_on
from kommissorium.risks.levels import accept_the_same
from kommissorium.risks.matrix import ScaleCache, matrix_of
from kommissorium.risks.models import PlanAction
from kommissorium.risks.numbers import figures_by_day

# What is counted anew from what is dated; all else is known as it was kept alone.
EXACT: Final = ("risks", "above", "planned", "accepted", "open", "kroner")
OF_LEVEL: Final = ("above", "planned", "accepted", "open")  # not compared across another level


class _Quarters:
    """Standing of the risks when the quarter and the one before it ended, and as known today."""

    def __init__(self, quarter: Quarter) -> None:
        self.link = f"{reverse('risks')}?on={quarter.last}"
        self.then, self.before = (_counts(day) for day in (quarter.last, quarter.before.last))
        self.now = count_risks(quarter.last)
        self.scales = ScaleCache.known()
        days = [quarter.before.last, quarter.last]
        self.cells_before, self.cells = figures_by_day(days)
        self.was_in_use = quarter.before.last >= in_use_since()
        self.level_before, self.level = levels_by_day(days, self.scales.all)
        self.is_same_level = accept_the_same(self.level_before, self.level)

    def figure(
        self, code: str, label: str, wanted: Wanted = "less", unit: Unit = "", link: str = ""
    ) -> StatusFigure:
        value, before = getattr(self.then, code), getattr(self.before, code)
        if not self.was_in_use or (code in OF_LEVEL and not self.is_same_level):
            before = None
        now = getattr(self.now, code) if code in EXACT else None
        return StatusFigure(code, label, value, before, link or self.link, wanted, unit, now)


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the parts of the quarter; none where no risk was ever assessed by its end."""
    found = _Quarters(quarter)
    if found.then.risks or found.before.risks:
        yield _picture(found, quarter.last)
        yield _accepted(found)
        yield _plans(found, quarter)


def _counts(day: date) -> RiskCounts:
    """Return how the risks stood as kept that evening; counted where no evening was kept."""
    event = figures_telling("risks", day)
    return kept_figures(event).numbers if event else count_risks(day)


def _picture(found: _Quarters, day: date) -> StatusPart:
    above = found.figure("above", _("Above the risk level"))
    figures = (
        found.figure("risks", _("Risks"), ""),
        *_bands(found),
        above,
        found.figure("open", _("Above the level, neither planned nor accepted")),
        found.figure("covered", _("Critical systems assessed within twelve months"), "more"),
    )
    text = told(
        _("No risk lay above the risk level when the quarter ended."),
        ngettext_lazy(
            "One risk lay above the risk level when the quarter ended.",
            "%(number)s risks lay above the risk level when the quarter ended.",
            "value",
        ),
        above.value,
    )
    return StatusPart(
        *("risks", _("The risk picture"), figures, in_sentences(text, compared(above))),
        *(columns(), list(greatest_on(day, found.scales))),
        {"matrices": list(_matrices(found, day)), "requests": list(requests_on(day))},
    )


def _matrices(found: _Quarters, day: date) -> Iterator[dict[str, Any]]:
    """Yield the matrix when the quarter before ended, where we were in use then, and when it did."""
    scale = found.scales.drawn
    if scale is None:
        return
    told = ((found.cells_before, found.level_before, Quarter.of(day).before.last),)
    for figures, levels, on in (
        *(told if found.was_in_use else ()),
        (found.cells, found.level, day),
    ):
        level, counts = levels.get(""), figures.counts(found.scales.alike)
        drawn = matrix_of(scale, counts=counts, level=level.cells if level else None)
        yield drawn.small(day_in_words(on)).data


def _bands(found: _Quarters) -> Iterator[StatusFigure]:
    """Yield how many risks there were in each band, the greatest first."""
    drawn = found.scales.drawn
    now, before = (_ranks(found, one) for one in (found.cells, found.cells_before))
    for band in reversed(drawn.band_list if drawn else []):
        label = _("Of these %(band)s") % {"band": band.name}
        value, earlier = (
            now.get(band.rank, 0),
            before.get(band.rank, 0) if found.was_in_use else None,
        )
        yield StatusFigure(f"band{band.rank}", label, value, earlier, found.link)


def _ranks(found: _Quarters, figures: Figures) -> dict[int, int]:
    return dict(figures.ranks(found.scales.by_key))


def _accepted(found: _Quarters) -> StatusPart:
    link = reverse("acceptances")
    kroner = found.figure("kroner", _("Accepted economic risk"), "less", "kr", link)
    accepted = found.figure("accepted", _("Risks above the level that are accepted"), "", "", link)
    if kroner.value:
        text = _("Economic risk of %(amount)s was accepted when the quarter ended.")
        text %= {"amount": kroner.in_words(kroner.value)}
    else:
        text = _("No economic risk was accepted when the quarter ended.")
    sentence = in_sentences(text, compared(kroner))
    return StatusPart("accepted", _("Accepted risks"), (kroner, accepted), sentence)


def _plans(found: _Quarters, quarter: Quarter) -> StatusPart:
    link = f"{reverse('plan')}?show=slipped"
    slipped, before = (
        PlanAction.objects.slipped(day).count() for day in (quarter.last, quarter.before.last)
    )
    label = _("Actions that are late, put off or cannot be done")
    earlier = before if found.was_in_use else None
    late = StatusFigure("plans_slipped", label, slipped, earlier, link, "less")
    figures = (
        found.figure("planned", _("Risks above the level with a plan that stands"), "more"),
        late,
    )
    text = told(
        _("Every planned action went as planned when the quarter ended."),
        ngettext_lazy(
            "One planned action was late, put off or impossible when the quarter ended.",
            "%(number)s planned actions were late, put off or impossible when the quarter ended.",
            "value",
        ),
        late.value,
    )
    return StatusPart("plans", _("Treatment plans"), figures, in_sentences(text, compared(late)))
