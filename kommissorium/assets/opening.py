"""The opening of the assets: what has no owner or papers, and how complete the registers became."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.current_counts import trend_until
from kommissorium.assets.models import Asset, Criticality, owned
from kommissorium.core.ui.localised import number as in_words
from kommissorium.measures.rules.asset_past import AssetCounts
from kommissorium.registers.opening import Figure, Opening, Wrong

CRITICAL = (Criticality.SOCIETY, Criticality.BUSINESS)


class AssetOpening(Opening):
    """How complete the registers of systems, data and archives are."""

    @property
    def counts(self) -> AssetCounts:
        return AssetCounts(self.day, **self.numbers)

    def wrongs(self) -> Iterator[str]:
        found = self.counts
        if number := found.without_owner:
            text = ngettext(
                "%(number)s of %(all)s systems, data and archives has no owner.",
                "%(number)s of %(all)s systems, data and archives have no owner.",
                number,
            )
            yield text % {"number": in_words(number), "all": in_words(found.assets)}
        if number := found.required - found.current:
            text = ngettext(
                "%(number)s of %(all)s documents demanded is missing or out of date.",
                "%(number)s of %(all)s documents demanded are missing or out of date.",
                number,
            )
            yield text % {"number": in_words(number), "all": in_words(found.required)}
        if number := found.without_data_owner:
            text = ngettext(
                "%(number)s system has no data owner.",
                "%(number)s systems have no data owner.",
                number,
            )
            yield text % {"number": in_words(number)}
        if number := found.unclassified:
            text = ngettext(
                "%(number)s is not classified.", "%(number)s are not classified.", number
            )
            yield text % {"number": in_words(number)}
        if number := found.oversight_overdue:
            text = ngettext(
                "Oversight of the supplier is overdue for %(number)s agreement.",
                "Oversight of the supplier is overdue for %(number)s agreements.",
                number,
            )
            yield text % {"number": in_words(number)}

    def right(self) -> str:
        if not self.counts.assets:
            return ""
        text = ngettext(
            "The one asset has its owner and its documents.",
            "All %(number)s systems, data and archives have their owners and documents.",
            self.counts.assets,
        )
        return text % {"number": in_words(self.counts.assets)}

    def wrong(self) -> Wrong | None:
        """Return a critical one without an owner, or else any."""
        if not self.counts.without_owner:
            return None
        rows = Asset.objects.in_register().exclude(owned(self.day))
        critical = rows.filter(criticality__in=CRITICAL).order_by("name", "pk")
        found = critical.first() or rows.order_by("name", "pk").first()
        if found is None:
            return None
        said = _("Nobody owns it.")
        if found.criticality in CRITICAL:
            said = _("It is critical, and nobody owns it.")
        return Wrong(found.name, said, _("See it"), found.get_absolute_url())

    def figure(self) -> Figure | None:
        """Return the year of shares with an owner and of documents that are there (one query)."""
        trend = trend_until(self.day)
        if not trend.picture.is_drawn:
            return None
        head = [_("Month"), _("Have an owner"), _("Documents in force")]
        rows = [
            [
                date_format(row.day, "M Y").lower(),
                _percent(row.owned_percent),
                _percent(row.current_percent),
            ]
            for row in reversed(trend.rows)
        ]
        return Figure(_("Completeness over the year"), trend.picture, head, rows)


def _percent(value: int | None) -> str:
    return "–" if value is None else f"{value}\N{NO-BREAK SPACE}%"
