"""How a register stands in numbers: what counts it, what is measured by it, and what is too few.

Groups of fewer than five people must not be told apart by their figures. A group that is hidden
alone could be found by taking the others from the whole. So the smallest of the others is hidden
with it, until at least two are and they are five people together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise

from kommissorium.core.documents import Column, Sheet
from kommissorium.core.evidence.models import Event
from kommissorium.measures.shares import exact_share

type Numbers = Mapping[str, int]
type Counting = Callable[[date], Numbers]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number read from how a register is counted; None where there is nothing to count.

    `sentence` says what is counted, in `unit`. The numbers it is read from are those of the
    register; with `numbers` they are counted for it alone, as known when a day ended.
    """

    label: str | Promise
    read: Callable[[Numbers], Decimal | int | None]
    unit: str | Promise
    sentence: str | Promise
    numbers: Counting | None = None


def count(
    label: str | Promise,
    name: str,
    unit: str | Promise,
    sentence: str | Promise,
    *,
    numbers: Counting | None = None,
) -> Indicator:
    """Return one of the counts as it is."""
    return Indicator(label, lambda found: found.get(name), unit, sentence, numbers)


def percentage(
    label: str | Promise,
    part: str,
    whole: str,
    sentence: str | Promise,
    *,
    numbers: Counting | None = None,
) -> Indicator:
    """Return how many percent one count is of another."""

    def read(found: Numbers) -> Decimal | None:
        of = found.get(whole, 0)
        return exact_share(found.get(part, 0), of) if of else None

    return Indicator(label, read, "%", sentence, numbers)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a register, the same for everybody.

    `on` counts them on a day; acts of these `rooms` change them, of any where there are none.
    `indicators` are those of them that something can be held against, by a code of their own.
    `record` keeps how the register stood on a day in the chain; it gives no event where it was empty.
    """

    on: Callable[[date], Numbers] = lambda _day: {}
    rooms: tuple[str, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    record: Callable[[date], Event | None] | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """Numbers by quarter, under a heading: rows of a word and as many numbers as quarters."""

    heading: str
    quarters: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]

    def labelled(self) -> list[tuple[str, list[tuple[str, int | None]]]]:
        """Return the rows with each number beside its quarter."""
        return [(word, list(zip(self.quarters, row, strict=True))) for word, row in self.rows]

    def sheet(self) -> Sheet:
        """Return it as a sheet of a workbook."""
        columns = [Column(""), *(Column(word, kind="number") for word in self.quarters)]
        return Sheet(self.heading[:31], columns, [(word, *row) for word, row in self.rows])


LEAST: Final = 5


def parted[T](groups: Iterable[T], people: Callable[[T], int]) -> tuple[list[T], list[T]]:
    """Return the groups that can be shown, and those that are hidden; of equals the first first."""
    smallest_first = sorted(groups, key=people)
    hidden = [one for one in smallest_first if people(one) < LEAST]
    shown = smallest_first[len(hidden) :]
    while hidden and shown and (len(hidden) == 1 or sum(map(people, hidden)) < LEAST):
        hidden.append(shown.pop(0))
    return shown, hidden
