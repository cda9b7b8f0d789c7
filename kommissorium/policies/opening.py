"""The opening of the policies: what is past its review, and what of each level is in force."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.charts.tracks import Track, Tracks
from kommissorium.core.ui.localised import day
from kommissorium.policies.models.kinds import Level
from kommissorium.policies.signals import (
    ALL,
    IN_FORCE,
    OVERDUE,
    RECOMMENDED,
    SIGNALS,
    WITHOUT_OWNER,
)
from kommissorium.policies.status import DocumentStatus
from kommissorium.registers.opening import Figure, Opening, Wrong, said_of


class PolicyOpening(Opening):
    """How the documents stand that have not been retired."""

    @cached_property
    def rows(self) -> list[DocumentStatus]:
        return list(SIGNALS.rows(self.day))

    def wrongs(self) -> Iterator[str]:
        yield from said_of(self.numbers, OVERDUE)
        if number := self.numbers[ALL.code] - self.numbers[IN_FORCE.code]:
            text = ngettext(
                "%(number)d of %(all)d documents is not in force.",
                "%(number)d of %(all)d documents are not in force.",
                number,
            )
            yield text % {"number": number, "all": self.numbers[ALL.code]}
        yield from said_of(self.numbers, RECOMMENDED, WITHOUT_OWNER)

    def right(self) -> str:
        number = self.numbers[ALL.code]
        if not number:
            return ""
        text = ngettext(
            "The one document is in force and reviewed in time.",
            "All %(number)d documents are in force and reviewed in time.",
            number,
        )
        return text % {"number": number}

    def wrong(self) -> Wrong | None:
        """Return the document whose review is longest overdue: what is in force all may read."""
        late = [one for one in self.rows if OVERDUE.holds(one)]
        if not late:
            return None
        first = min(late, key=lambda one: one.review_by or self.day)
        said = _("It was to be reviewed by %(day)s.") % {"day": day(first.review_by)}
        url = first.document.get_absolute_url()
        return Wrong(first.document.title, said, _("See the document"), url)

    def figure(self) -> Figure | None:
        tracks = []
        for level in Level:
            rows = [one for one in self.rows if one.document.level == level]
            good = sum(IN_FORCE.holds(one) and not OVERDUE.holds(one) for one in rows)
            if rows:
                said = _("%(good)d of %(number)d") % {"good": good, "number": len(rows)}
                tracks.append(Track.reaching(str(level.label), said, good, most=len(rows)))
        legend = _("Of the documents of each level, those in force whose review is not overdue.")
        return Figure(_("In force, by level"), Tracks(tracks, legend)) if tracks else None
