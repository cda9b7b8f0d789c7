"""Rows under an item for which the committee chooses one by one: what is offered, and its words.

What is offered comes from the room whose things they are; what was chosen is kept as RowChoice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final, Protocol

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.richtext import sanitise
from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import from_json
from kommissorium.meetings.models import AgendaItem, Meeting, RowChoice


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen for a row.

    `act` is what the committee then does, as it goes on after "that the committee"; where a day
    must be chosen the act ends with it.
    """

    code: str
    label: str
    act: str
    needs_day: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice for a row; `because` says why where it must be said."""

    code: str
    day: date | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """A thing for which something is to be chosen. `key` names it as the row of facts does,
    `facts` are pairs of a label and words, `proposed` tells what is chosen until somebody chooses: it
    asks much, so it is kept when the agenda is composed."""

    key: str
    title: str
    facts: Sequence[tuple[str, str]]
    options: Sequence[Option]
    proposed: Callable[[], Chosen]
    link: str = ""

    def option(self, code: str) -> Option | None:
        return next((one for one in self.options if one.code == code), None)


class Chooser(Protocol):
    """Who offers the rows of an item, and knows what cannot be chosen."""

    def offered(self, item: AgendaItem) -> Sequence[OfferedRow]:
        """Return the rows; the same things as the item showed at the call."""

    def refuse(self, item: AgendaItem, key: str, chosen: Chosen, *, by: Person) -> None:
        """Raise Refused, in words, for what could not take effect today."""

    def refuse_together(self, chosen: Mapping[str, Chosen], *, by: Person) -> None:
        """Raise Refused, by key, for choices of all rows that could not take effect together."""


# Who offers the rows of an item: the room that knows them puts itself here.
CHOOSERS: Final[list[Callable[[AgendaItem], Chooser | None]]] = []


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """A row that is offered, and what is chosen for it. `saved` is of version 0 where it is what was
    proposed when the agenda was composed, and None before that."""

    offered: OfferedRow
    saved: RowChoice | None = None

    @property
    def chosen(self) -> Chosen:
        if self.saved is None or self.offered.option(self.saved.code) is None:
            return self.offered.proposed()
        return Chosen(self.saved.code, self.saved.day, self.saved.because)

    @property
    def version(self) -> int:
        """Return how many times somebody chose."""
        return self.saved.edit_version if self.saved else 0

    @property
    def words(self) -> str:
        return words_of(self.offered, self.chosen)


def words_of(row: OfferedRow, chosen: Chosen) -> str:
    """Return what the committee does by a choice: "extends … to 1 June 2027"."""
    option = row.option(chosen.code)
    if option is None:
        return ""
    return f"{option.act} {day(chosen.day)}" if option.needs_day and chosen.day else option.act


def chooser_of(item: AgendaItem) -> Chooser | None:
    """Return who offers the rows of an item; None for one without such rows."""
    if not item.subject_kind:
        return None
    return next(filter(None, (find(item) for find in CHOOSERS)), None)


def rows_of(item: AgendaItem) -> list[ChosenRow]:
    """Return the rows of an item with what is chosen for each."""
    chooser = chooser_of(item)
    offered = chooser.offered(item) if chooser else ()
    saved = {one.key: one for one in item.row_choices.all()} if offered else {}
    return [ChosenRow(one, saved.get(one.key)) for one in offered]


def keys_at_call(item: AgendaItem) -> set[str] | None:
    """Return the keys of the rows that the item showed at the call; None before it."""
    if item.meeting.state == Meeting.State.PLANNED:
        return None
    facts = from_json(item.facts)
    return facts.row_keys if facts else set()


def recommended(points: Sequence[str]) -> str:
    """Return points, each as it goes on after "that the committee", as a recommendation."""
    if not points:
        return ""
    if len(points) == 1:
        text = _("It is recommended that the committee %(point)s.") % {"point": points[0]}
        return sanitise(f"<p>{escape(text)}</p>")
    listed = "".join(f"<li>{escape(one)}</li>" for one in points)
    opening = escape(_("It is recommended that the committee"))
    return sanitise(f"<p>{opening}</p><ol>{listed}</ol>")
