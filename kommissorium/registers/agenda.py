"""Registers on the agenda of a meeting: their lines, drafts of items, and what comes back to it.

The frame (secretariat) makes one text of the drafts of all registers. A register says how much
each sentence weighs; it decides neither the order nor what there is room for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from typing import Any, ClassVar, Final, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.measures.past import TOLD_FOR, PastEvent
from kommissorium.meetings.facts import FactTable
from kommissorium.meetings.models import AgendaItem, Decision, Meeting
from kommissorium.registers.status import day_of, figures_known

type Tables = tuple[FactTable, ...]
type Composer = Callable[[AgendaContext], Tables]


def alone(table: Callable[[AgendaContext], FactTable | None]) -> Composer:
    """Return what says one table under an item, or none."""

    def tables(context: AgendaContext) -> Tables:
        found = table(context)
        return (found,) if found else ()

    return tables


@dataclass
class AgendaContext:
    """A meeting for whose agenda the registers are asked, and on which day."""

    meeting: Meeting
    items: Sequence[AgendaItem] = ()
    today: date = field(default_factory=timezone.localdate)
    _known: dict[Any, Any] = field(default_factory=dict)

    def once[T](self, ask: Callable[[AgendaContext], T]) -> T:
        """Return what `ask` answers for this meeting; two who need it ask once."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        found: T = self._known[ask]
        return found

    @cached_property
    def met_before(self) -> datetime | None:
        """Return when the committee's meeting before this one began; None for its first."""
        return Meeting.objects.before(self.meeting).values_list("starts_at", flat=True).first()

    @property
    def met(self) -> date:
        """Return the day of the meeting; today for one that should have been held."""
        return max(timezone.localdate(self.meeting.starts_at), self.today)

    def since(self, moment: str) -> Q:
        """Return the condition that a moment lies after the meeting before; true at the first."""
        return Q(**{f"{moment}__gte": self.met_before}) if self.met_before else Q()


class SubjectKind:
    """One kind of thing that an agenda item can be about, and what a decision does to it."""

    kind: str  # as items, decisions and the chain name it
    # What it is called in the register of decisions; "": by the name of its model.
    known_as: ClassVar[str | Promise] = ""

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        """Return what stands under the items about things with these keys; few queries in all."""
        return {}

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Let a final decision take effect. Raises Refused where it cannot any more."""

    def sentence(self, decision: Decision) -> str:
        """Return what became of a decision, "" for nothing; two queries at most."""
        return ""


BESIDE: Final[list[SubjectKind]] = []  # what items can be about that is no register's


@dataclass(frozen=True, slots=True)
class ReturningItem:
    """The item that brings something back, for decision; `recommendation` is plain text."""

    title: str
    recommendation: str
    link: str


class Returning(SubjectKind):
    """Something of a register that comes to every agenda while there is occasion for it."""

    def is_due(self, context: AgendaContext) -> bool:
        """Return whether there is occasion for the meeting of the context."""
        raise NotImplementedError

    def item(self) -> ReturningItem:
        """Return the item that brings it."""
        raise NotImplementedError


class Weight(IntEnum):
    """Weight of a sentence: how early the reader must see it."""

    DECIDE = 0  # it needs a decision
    WORSE = 1
    NEWS = 2
    BETTER = 3
    STATE = 4  # how it is: alone, it is nothing new


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a secretary would write it."""

    text: str
    weight: Weight = Weight.STATE


@dataclass(frozen=True, slots=True)
class Source:
    """Page where a statement in a draft can be looked up."""

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Draft by one register for an item.

    `points` are what the committee is recommended to do, each as it goes on after "that the
    committee". `about` is what it tells of, for the line "There is nothing new about …"; ""
    for sentences that are to stand though they are nothing new.
    """

    sentences: tuple[Sentence, ...] = ()
    points: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    about: str = ""

    @property
    def has_news(self) -> bool:
        return any(one.weight < Weight.STATE for one in self.sentences)


type Drafter = Callable[[AgendaContext], Draft | None]


class OnItem(NamedTuple):
    """What one register says on an item of the mandate: its tables, and the draft of its text."""

    tables: Composer
    draft: Drafter | None = None


def figures_then(context: AgendaContext, code: str) -> PastEvent | None:
    """Return a register's figures of the evening of the committee's last meeting.

    None where it has not met, or no figures tell of that day.
    """
    if context.met_before is None:
        return None
    met = timezone.localdate(context.met_before)
    found = figures_known(code, met)
    return found if found and met - day_of(found) <= TOLD_FOR else None


def moved(now: int, then: int | None) -> str:
    """Return how a number has moved since the last meeting, as the end of a sentence: ", 2 more
    than at the last meeting"; "" where nothing is known of it."""
    if then is None:
        return ""
    if now == then:
        return _(", as at the last meeting")
    if now > then:
        text = ngettext(
            ", one more than at the last meeting",
            ", %(number)d more than at the last meeting",
            now - then,
        )
    else:
        text = ngettext(
            ", one fewer than at the last meeting",
            ", %(number)d fewer than at the last meeting",
            then - now,
        )
    return text % {"number": abs(now - then)}


def weight_of(now: int, then: int | None) -> Weight:
    """Return the weight of a number that had better be small."""
    if then is None or now == then:
        return Weight.STATE
    return Weight.WORSE if now > then else Weight.BETTER


def enumerated(words: Iterable[str]) -> str:
    """Return "a, b and c"."""
    parts = list(words)
    return _(" and ").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
