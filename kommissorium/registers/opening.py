"""The opening of a register: how it stands in one sentence, what is most wrong, and one picture.

It counts what the whole register holds, so it stands before those alone who read all of it.
What is the same for all of them is kept as their numbers are (counts.py): as long as nothing was
done that changes them, a page asks for it with one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.charts.columns import Columns
from kommissorium.core.charts.lines import Lines
from kommissorium.core.charts.tracks import Tracks
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.registers.models.activities import ActivityQuerySet, ActivityState, in_state
from kommissorium.registers.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Wrong:
    """The one thing that is most wrong: what it is, what is said of it, and the button to it."""

    title: str
    said: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The picture of an opening under its heading; `head` and `rows` are its numbers as a table.

    Tracks need none: they say their numbers in words.
    """

    heading: str
    picture: Columns | Lines | Tracks
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()

    @property
    def is_tracks(self) -> bool:
        return isinstance(self.picture, Tracks)


@dataclass(frozen=True, slots=True)
class Told:
    """An opening as pages show it; nothing is said of a register that holds nothing."""

    day: date
    sentence: str
    wrong: Wrong | None = None
    figure: Figure | None = None


class Opening:
    """What a register says of itself on top of its list: a room overrides what it has to say."""

    # Whether all that read the register read the same of it. If not, it is asked anew each time.
    is_same_for_all: ClassVar[bool] = True

    def __init__(self, person: Person, day: date, numbers: Numbers) -> None:
        self.person, self.day, self.numbers = person, day, numbers

    @staticmethod
    def is_read_by(person: Person) -> bool:
        """Return whether the person reads all that it counts."""
        return Committee.are_followed_by(person)

    def wrongs(self) -> Iterable[str]:
        """Yield what is wrong in sentences, the worst first; the first two are said."""
        return ()

    def right(self) -> str:
        """Return what is said where nothing is wrong; "" where there is nothing to tell of."""
        return ""

    def more(self) -> str:
        """Return what is said beside it, in any case."""
        return ""

    def wrong(self) -> Wrong | None:
        """Return what is most wrong."""
        return None

    def figure(self) -> Figure | None:
        """Return its picture; None where there is nothing to draw."""
        return None

    def sentence(self) -> str:
        """Return how the register stands: what is wrong first, and that all is right only then
        when nothing is."""
        wrongs = [one for one in self.wrongs() if one][:2]
        return " ".join(filter(None, [*(wrongs or [self.right()]), self.more()]))


def said_of(numbers: Numbers, *signals: Any) -> list[str]:
    """Return the sentences of the signals that count something, in their order."""
    return [one.said(numbers[one.code]) for one in signals if numbers.get(one.code)]


def longest_late(rows: ActivityQuerySet[Any], day: date, button: str) -> Wrong | None:
    """Return the activity that has been late the longest, and who answers for it (one query)."""
    late = rows.filter(in_state(ActivityState.LATE, day)).select_related("responsible")
    found = late.order_by("planned_for", "pk").first()
    if found is None:
        return None
    said = _("To be held by %(day)s. %(name)s answers for it.") % {
        "day": day_in_words(found.planned_for),
        "name": found.responsible.name,
    }
    return Wrong(found.title, said, button, found.get_absolute_url())
