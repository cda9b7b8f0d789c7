"""The opening of the projects: what is red, late or over its budget, and all on a line of time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.charts.strokes import PARTS
from kommissorium.core.charts.tracks import WIDTH, Track, Tracks, bounded
from kommissorium.core.ui.localised import day, kroner
from kommissorium.projects.models import Milestone, Project
from kommissorium.projects.signals import (
    LATE_MILESTONES,
    OVER_BUDGET,
    RED,
    SILENT,
    UNDER_WAY,
    WITHOUT_OWNER,
    YELLOW,
    open_projects,
)
from kommissorium.registers.opening import Figure, Opening, Wrong, said_of

SHOWN: Final = 7  # projects in the picture


class ProjectOpening(Opening):
    """How the projects stand that are under way."""

    @cached_property
    def rows(self) -> list[Project]:
        return open_projects(self.day)

    @cached_property
    def overdue(self) -> list[Project]:
        """Return those that were to be finished by now, the longest overdue first."""
        return [one for one in self.rows if one.due < self.day]

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, RED)
        if number := len(self.overdue):
            text = ngettext(
                "%(number)d project was to be finished by now.",
                "%(number)d projects were to be finished by now.",
                number,
            )
            yield text % {"number": number}
        if number := self.numbers[OVER_BUDGET.code]:
            text = ngettext(
                "%(number)d project is over its budget.",
                "%(number)d projects are over their budgets.",
                number,
            )
            yield text % {"number": number}
        if number := self.numbers[LATE_MILESTONES]:
            text = ngettext(
                "%(number)d milestone is late.", "%(number)d milestones are late.", number
            )
            yield text % {"number": number}
        if number := self.numbers[SILENT.code]:
            text = ngettext(
                "Of %(number)d project nothing was reported since the quarter before.",
                "Of %(number)d projects nothing was reported since the quarter before.",
                number,
            )
            yield text % {"number": number}
        yield from said_of(self.numbers, WITHOUT_OWNER)
        if number := self.numbers[YELLOW.code]:
            text = ngettext(
                "%(number)d project is yellow.", "%(number)d projects are yellow.", number
            )
            yield text % {"number": number}

    def right(self) -> str:
        number = self.numbers[UNDER_WAY.code]
        if not number:
            return ""
        text = ngettext(
            "The one project under way is green, in time and within its budget.",
            "All %(number)d projects under way are green, in time and within their budgets.",
            number,
        )
        return text % {"number": number}

    def wrong(self) -> Wrong | None:
        reasons = (
            (RED.holds, _("Its owner reports it as red.")),
            (self.overdue.__contains__, _("It was to be finished by %(due)s.")),
            (OVER_BUDGET.holds, _("It is %(over)s over its budget.")),
            (SILENT.holds, _("Nothing was reported since the quarter before.")),
        )
        for holds, said in reasons:
            if found := next((one for one in self.rows if holds(one)), None):
                values = {"due": day(found.due), "over": kroner(found.over_budget)}
                return _shown(found, said % values)
        late = Milestone.objects.late_on(self.day).filter(project__in=self.rows)
        if milestone := late.select_related("project").order_by("due", "pk").first():
            values = {"title": milestone.title, "due": day(milestone.due)}
            said = _("The milestone “%(title)s” was to be reached by %(due)s.") % values
            return _shown(milestone.project, said)
        return None

    def figure(self) -> Figure | None:
        """Return when each begins and ends, with today as a line, and its money in words."""
        if not self.rows:
            return None
        shown = self.rows[:SHOWN]
        first = min(*(one.begins for one in shown), self.day)
        last = max(*(one.due for one in shown), self.day)
        scale = WIDTH / max((last - first).days, 1)
        today = bounded((self.day - first).days * scale)
        tracks = []
        for one in shown:
            begins, ends = ((at - first).days * scale for at in (one.begins, one.due))
            money = {"spent": kroner(one.now_spent), "budget": kroner(one.budget)}
            said = _("%(spent)s of %(budget)s") % money
            piece = bounded(begins), bounded(max(ends - begins, 0.5)), PARTS[1]
            tracks.append(Track(one.title, said, [piece], [today], one.get_absolute_url()))
        legend = _("The line is today. Beside each: spent, of its budget.")
        left = len(self.rows) - len(shown)
        picture = Tracks(tracks, legend, (day(first), day(last)), left)
        return Figure(_("Projects over time, and their money"), picture)


def _shown(project: Project, said: str) -> Wrong:
    return Wrong(project.title, said, _("See the project"), project.get_absolute_url())
