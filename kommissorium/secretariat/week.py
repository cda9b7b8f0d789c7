"""The coordinator's week: which of the things that wait are done in the hours there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import span
from kommissorium.core.ui.todo import Todo

HOURS: Final = 4  # a week, of a coordinator who has other work as well
MATTERS: Final = 5
MOST_OF_ONE: Final = 120  # minutes a week: what takes longer is begun, and goes on the next


@dataclass(frozen=True)
class Week:
    """The things of a week, each with its minutes in its note; and those that can wait."""

    planned: Sequence[Todo]
    later: Sequence[Todo]
    minutes: int

    @property
    def in_words(self) -> str:
        return span(timedelta(minutes=self.minutes))


def week_of(waiting: Sequence[Todo]) -> Week:
    """Return the week of things in their order; what does not fit the hours left is passed over."""
    planned: list[Todo] = []
    later: list[Todo] = []
    left = HOURS * 60
    for one in waiting:
        minutes = min(one.minutes, MOST_OF_ONE)
        if len(planned) < MATTERS and minutes <= left:
            planned.append(one._replace(note=_note(one, minutes)))
            left -= minutes
        else:
            later.append(one)
    return Week(planned, later, HOURS * 60 - left)


def _note(one: Todo, minutes: int) -> str:
    text = _("%(minutes)d min.") % {"minutes": minutes}
    if one.minutes > minutes:
        hours = span(timedelta(minutes=one.minutes))
        text = _("%(minutes)d min. this week of %(all)s") % {"minutes": minutes, "all": hours}
    return f"{text} · {one.note}" if one.note else text
