"""The opening of the statement: how many controls the registers show to be met, by theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.controls.models import ANNEX_A
from kommissorium.controls.signals import (
    AGAINST,
    ALL,
    APPLYING,
    MET,
    OPEN,
    SIGNALS,
    UNSAID,
    WITHOUT_OWNER,
)
from kommissorium.controls.status import ControlStatus
from kommissorium.core.charts.tracks import Track, Tracks
from kommissorium.registers.opening import Figure, Opening, Wrong, said_of


class ControlOpening(Opening):
    """How the controls stand today, by what the registers show of them."""

    @cached_property
    def rows(self) -> list[ControlStatus]:
        return list(SIGNALS.rows(self.day))

    @cached_property
    def counted(self) -> dict[str, int]:
        return SIGNALS.counted(self.rows)

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.counted, AGAINST)
        applying, met = self.counted[APPLYING.code], self.counted[MET.code]
        if met < applying:
            text = ngettext(
                "%(met)d of %(number)d control that applies is met by what the registers show.",
                "%(met)d of %(number)d controls that apply are met by what the registers show.",
                applying,
            )
            yield text % {"met": met, "number": applying}
        yield from said_of(self.counted, OPEN, UNSAID, WITHOUT_OWNER)

    def right(self) -> str:
        if not self.counted[ALL.code]:
            return ""
        text = ngettext(
            "The one control that applies is met by what the registers show.",
            "All %(number)d controls that apply are met by what the registers show.",
            self.counted[APPLYING.code],
        )
        applying = self.counted[APPLYING.code]
        return text % {"number": applying} if applying else APPLYING.said(0)

    def wrong(self) -> Wrong | None:
        for signal, said in (
            (AGAINST, _("Something in the registers speaks against it.")),
            (OPEN, _("It is not decided whether it applies.")),
            (UNSAID, _("It applies, and it is not said how it is met.")),
        ):
            if found := next((one for one in self.rows if signal.holds(one)), None):
                url = found.control.get_absolute_url()
                return Wrong(str(found.control), said, _("See the control"), url)
        return None

    def figure(self) -> Figure | None:
        """Return how many of each theme are met, of those that apply."""
        tracks = []
        for chapter in ANNEX_A.chapters:
            number = f"{chapter.requirements[0].number.partition('.')[0]}."
            rows = [one for one in self.rows if one.control.number.startswith(number)]
            applying, met = (SIGNALS.counted(rows)[one.code] for one in (APPLYING, MET))
            if applying:
                said = _("%(met)d of %(number)d") % {"met": met, "number": applying}
                tracks.append(Track.reaching(str(chapter.title), said, met, most=applying))
        if not tracks:
            return None
        return Figure(
            _("Controls met by theme"), Tracks(tracks, _("Of those that apply, by the registers."))
        )
