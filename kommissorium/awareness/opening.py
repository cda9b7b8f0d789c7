"""The opening of awareness: what is late, and clicks and reports from simulation to simulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessActivity, GroupFigures, Sort
from kommissorium.awareness.models.activities import published
from kommissorium.core.charts.lines import Line, Lines, evenly
from kommissorium.core.ui.localised import day
from kommissorium.measures.shares import share
from kommissorium.registers.activities import LATE
from kommissorium.registers.opening import Figure, Opening, Wrong, longest_late, said_of

SHOWN: Final = 8  # simulations in the picture
PERCENT: Final = "\N{NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulation that was held: how many percent clicked in it, and how many reported it."""

    held_on: date
    clicked: int
    reported: int


class AwarenessOpening(Opening):
    """How information and teaching stand, by figures that tell of no few people."""

    @cached_property
    def simulations(self) -> list[Simulation]:
        """Return those with figures that may be told, the newest last (one query)."""
        rows = GroupFigures.objects.filter(
            activity__in=AwarenessActivity.objects.approved().filter(
                sort=Sort.PHISHING, held_on__isnull=False
            )
        )
        rows = rows.select_related("activity").order_by("activity__held_on", "activity", "pk")
        found = []
        for activity, figures in groupby(rows, key=lambda one: one.activity):
            if (total := published(figures).total) and activity.held_on:
                parts = (share(total[name], total["people"]) for name in ("clicked", "reported"))
                found.append(Simulation(activity.held_on, *parts))
        return found

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, LATE)
        if self.is_worse:
            yield _("More clicked in the newest simulation, or fewer reported it.")

    @property
    def is_worse(self) -> bool:
        if len(self.simulations) < 2:  # noqa: PLR2004 there is none to compare with
            return False
        before, now = self.simulations[-2:]
        return now.clicked > before.clicked or now.reported < before.reported

    def right(self) -> str:
        if not any(self.numbers[one.code] for one in KIND.signals.signals):
            return ""
        return _("Nothing that is planned is late.")

    def more(self) -> str:
        """Return how the newest simulation went beside the one before."""
        if not self.simulations:
            return ""
        now = self.simulations[-1]
        values = {"clicked": now.clicked, "reported": now.reported, "day": day(now.held_on)}
        if len(self.simulations) == 1:
            text = _("%(clicked)d %% clicked on %(day)s, %(reported)d %% reported it.")
            return text % values
        before = self.simulations[-2]
        values |= {"before": before.clicked, "reported_before": before.reported}
        text = _(
            "Clicks %(before)d → %(clicked)d %%, reports %(reported_before)d → %(reported)d %%."
        )
        return text % values

    def wrong(self) -> Wrong | None:
        approved = AwarenessActivity.objects.approved()
        return longest_late(approved, self.day, _("See the activity"))

    def figure(self) -> Figure | None:
        shown = self.simulations[-SHOWN:]
        marks = [date_format(one.held_on, "M Y").lower() for one in shown]
        names = _("Reported the mail"), _("Clicked in the mail")
        values = [one.reported for one in shown], [one.clicked for one in shown]
        lines = [
            Line(name, found, f"{found[-1]}{PERCENT}")
            for name, found in zip(names, values, strict=True)
            if found
        ]
        places = evenly(len(shown))
        title = _("How many percent clicked in each simulation, and how many reported it.")
        marked = list(zip(places, marks, strict=True))
        picture = Lines(title, lines, places, marked, unit=PERCENT)
        if not picture.is_drawn:
            return None
        rows = [
            [mark, f"{one.reported}{PERCENT}", f"{one.clicked}{PERCENT}"]
            for mark, one in zip(marks, shown, strict=True)
        ]
        return Figure(_("Phishing simulations"), picture, ["", *names], rows)
