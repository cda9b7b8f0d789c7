"""The opening of the objectives: which are not reached, and each on its scale with its goal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.charts.tracks import Track, Tracks
from kommissorium.core.ui.localised import day
from kommissorium.objectives.signals import (
    AT_RISK,
    IN_FORCE,
    LATE,
    MISSED,
    OLD_LINK,
    UNLINKED,
    WITHOUT_OWNER,
)
from kommissorium.objectives.status import ObjectiveStatus, Progress, statuses_on
from kommissorium.registers.opening import Figure, Opening, Wrong, said_of

SHOWN: Final = 7  # objectives in the picture
WORST: Final = (Progress.MISSED, Progress.LATE, Progress.AT_RISK)
ROOM: Final = 1.15  # of the scale beyond the goal or what was measured


class ObjectiveOpening(Opening):
    """How the objectives stand that hold today."""

    @cached_property
    def rows(self) -> list[ObjectiveStatus]:
        """Return them, the worst first, those that are soonest due before others."""
        places = {one: place for place, one in enumerate(WORST)}
        return sorted(
            statuses_on(self.day),
            key=lambda one: (
                places.get(one.progress, len(WORST)),
                one.objective.due,
                one.objective.pk,
            ),
        )

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, MISSED, LATE, AT_RISK, WITHOUT_OWNER, UNLINKED, OLD_LINK)

    def right(self) -> str:
        number = self.numbers[IN_FORCE.code]
        if not number:
            return ""
        text = ngettext(
            "The one objective is reached or on track, as measured in time.",
            "All %(number)d objectives are reached or on track, as measured in time.",
            number,
        )
        return text % {"number": number}

    def wrong(self) -> Wrong | None:
        if not self.rows or self.rows[0].progress not in WORST:
            return None
        first = self.rows[0]
        values = {"due": day(first.objective.due), "measured": first.measured}
        said = _("To be reached by %(due)s; never measured.")
        if first.measured:
            said = _("To be reached by %(due)s; measured: %(measured)s.")
        title = f"{first.objective.title}: {first.progress.label}"
        return Wrong(title, said % values, _("See the objective"), _url(first))

    def figure(self) -> Figure | None:
        """Return each on its own scale from nought, with a line where its goal lies."""
        if not self.rows:
            return None
        tracks = Tracks(
            [_track(one) for one in self.rows[:SHOWN]],
            _("The line is the goal, the bar what was measured last."),
            left=len(self.rows) - SHOWN,
        )
        return Figure(_("What was measured, and the goal"), tracks)


def _url(one: ObjectiveStatus) -> str:
    return one.objective.get_absolute_url()


def _track(one: ObjectiveStatus) -> Track:
    goal, name = float(one.objective.target), one.objective.title
    wanted = one.objective.wanted[:1].lower() + one.objective.wanted[1:]
    if one.latest is None:
        said = _("%(wanted)s; never measured") % {"wanted": wanted}
        return Track.reaching(name, said, 0, most=goal * ROOM, goal=goal, url=_url(one))
    value = float(one.latest.value)
    said = f"{one.measured} ({wanted})"
    most = max(goal, value) * ROOM
    return Track.reaching(name, said, value, most=most, goal=goal, url=_url(one))
