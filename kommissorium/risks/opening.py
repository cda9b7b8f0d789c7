"""The opening of the risks: those above the level that nothing is done about, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import number
from kommissorium.measures.rules.risk_past import RiskCounts
from kommissorium.registers.opening import Figure, Opening, Wrong
from kommissorium.risks.cell_counts import is_accepted, levels_by_day
from kommissorium.risks.levels import above_level
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import PlanAction, RiskLevel, Scenario
from kommissorium.risks.numbers import development, development_days
from kommissorium.risks.overview import GREATEST


class RiskOpening(Opening):
    """How the risks stand against the risk level."""

    @cached_property
    def counts(self) -> RiskCounts:
        return RiskCounts.of(self.day, self.numbers)

    @cached_property
    def scales(self) -> ScaleCache:
        return ScaleCache.known()

    @cached_property
    def levels(self) -> list[dict[str, RiskLevel]]:
        """Return the levels of the days of the picture, today's last (one query)."""
        return levels_by_day(development_days(self.day), self.scales.all)

    def wrongs(self) -> Iterator[str]:
        found = self.counts
        if not found.risks:
            return
        if not self.levels[-1]:
            yield _("No risk level holds today. So nobody can say what is too much.")
        if found.open:
            text = ngettext(
                "%(number)d risk above the risk level has neither a plan nor an acceptance.",
                "%(number)d risks above the risk level have neither a plan nor an acceptance.",
                found.open,
            )
            yield text % {"number": found.open}
        if left := found.critical - found.covered:
            text = ngettext(
                "%(number)d of %(all)d critical systems was not assessed within a year.",
                "%(number)d of %(all)d critical systems were not assessed within a year.",
                left,
            )
            yield text % {"number": left, "all": found.critical}

    def right(self) -> str:
        if not self.counts.risks:
            return ""
        if not self.counts.above:
            return _("No risk lies above the risk level.")
        text = ngettext(
            "The one risk above the risk level has a plan or is accepted.",
            "All %(number)d risks above the risk level have a plan or are accepted.",
            self.counts.above,
        )
        return text % {"number": self.counts.above}

    def wrong(self) -> Wrong | None:
        """Return the greatest risk above the level that has neither plan nor acceptance."""
        if not self.counts.open:
            return None
        planned = PlanAction.objects.order_by().standing(self.day).values("scenario__lineage")
        above = Scenario.objects.in_force().filter(above_level(self.levels[-1]))
        rows = above.exclude(is_accepted()).exclude(lineage__in=planned)
        found = rows.select_related("owner").order_by(*GREATEST).first()
        if found is None:
            return None
        owner = found.owner.name if found.owner else _("nobody")
        said = _("Neither planned for nor accepted. It is owned by %(owner)s.") % {"owner": owner}
        return Wrong(found.title, said, _("See the risk"), found.get_absolute_url())

    def figure(self) -> Figure | None:
        found = development(self.scales, self.levels)
        if not found.is_drawn:
            return None
        head = [_("Day"), _("All risks"), _("Above the risk level")]
        rows = [
            [mark, number(row.total), "–" if row.above is None else number(row.above)]
            for (_place, mark), row in zip(found.picture.marks, found.rows, strict=True)
        ]
        return Figure(_("Risks from quarter to quarter"), found.picture, head, rows)
