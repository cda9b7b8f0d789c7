"""Standing of the risks on a past day, from the figures that were kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.ui.localised import day as in_words
from kommissorium.registers.past_day import figures_known
from kommissorium.risks.cell_counts import Figures, figures_on, levels_by_day
from kommissorium.risks.checks import sentences_above
from kommissorium.risks.checks_past import kept_figures
from kommissorium.risks.current_counts import RiskCounts
from kommissorium.risks.levels import AFTER, BEFORE, Levels, Picture
from kommissorium.risks.matrix import Matrix, matrix_of
from kommissorium.risks.scale_cache import ScaleCache


@dataclass(frozen=True)
class PastDay:
    """The risks of a day in words, and in matrices where these still count the same.

    `counts` are of the whole municipality; None for a day without figures, and where the day is
    told to somebody who reads only their own (`is_own`).
    """

    is_own: bool
    counts: RiskCounts | None
    figures: Figures
    levels: Levels
    scales: ScaleCache

    @property
    def kept_on(self) -> date | None:
        """Return the day of the figures."""
        return self.counts.day if self.counts else None

    def sentences(self) -> list[str]:
        """Return what it came to, the most important first."""
        if self.counts is None:
            return []
        return [
            *_above(self.counts, has_level=bool(self.levels)),
            _all(self.counts.risks),
            *_assessed(self.counts),
        ]

    @property
    def is_told(self) -> bool:
        """Return whether what is known today of the cells counts what was counted then."""
        found = self.counts
        if found is None:
            return self.is_own
        return (self.figures.total, self.figures.above(self.levels)) == (found.risks, found.above)

    @property
    def before(self) -> Matrix | None:
        return self._matrix(BEFORE)

    @property
    def after(self) -> Matrix | None:
        return self._matrix(AFTER)

    def _matrix(self, of: Picture) -> Matrix | None:
        scale, level = self.scales.drawn, self.levels.get("")
        if scale is None or not self.figures.total:
            return None
        return matrix_of(
            scale,
            counts=self.figures.counts(self.scales.alike, of),
            link=None,
            level=level.cells if level else None,
        )


def past_of(person: Person, wanted: date) -> PastDay:
    """Return what `person` may read of a past day (five queries)."""
    is_own = not reads_whole_register(person)
    event = None if is_own else figures_known("risks", wanted)
    counts = kept_figures(event).numbers if event else None
    day, scales = (counts.day if counts else wanted), ScaleCache.known()
    [levels] = levels_by_day([day], scales.all)
    return PastDay(is_own, counts, figures_on(day, person), levels, scales)


def _above(counts: RiskCounts, *, has_level: bool) -> list[str]:
    if not has_level:
        return [_("No risk level held. So nobody could say what was too much.")]
    if not counts.above:
        return [_("No risk lay above the risk level.")]
    return list(sentences_above(counts))


def _all(number: int) -> str:
    text = ngettext(
        "There was %(number)d risk in all.", "There were %(number)d risks in all.", number
    )
    return text % {"number": number}


def _assessed(counts: RiskCounts) -> list[str]:
    found = []
    if counts.organisation_on:
        text = _("The picture of risks of the whole organisation was approved on %(day)s.")
        found.append(text % {"day": in_words(counts.organisation_on)})
    if counts.critical:
        text = ngettext(
            "%(covered)d of %(critical)d critical system had a risk assessment of the last twelve months.",
            "%(covered)d of %(critical)d critical systems had a risk assessment of the last twelve months.",
            counts.critical,
        )
        found.append(text % {"covered": counts.covered, "critical": counts.critical})
    return found
