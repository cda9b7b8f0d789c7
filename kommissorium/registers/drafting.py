"""Drafts from registers for agenda items: sentences, what to decide, and sources.

The frame (secretariat) makes one text of the drafts of all registers. A register says how much
each sentence weighs; it decides neither the order nor what there is room for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.registers.agenda import AgendaContext, Composer
from kommissorium.registers.past import TOLD_FOR, PastEvent
from kommissorium.registers.past_day import day_of, figures_known


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
