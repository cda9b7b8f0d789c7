"""Numbers a register keeps that something can be held against, as an objective is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

type Numbers = Mapping[str, int]
type Counting = Callable[[date], Numbers]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number read from how a register is counted; None where there is nothing to count.

    `sentence` says what is counted, in `unit`. The numbers it is read from are those of the
    register; with `numbers` they are counted for it alone, as known when a day ended.
    """

    label: str | Promise
    read: Callable[[Numbers], int | None]
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
    """Return how many whole percent one count is of another, rounded down."""

    def read(found: Numbers) -> int | None:
        of = found.get(whole, 0)
        return 100 * found.get(part, 0) // of if of else None

    return Indicator(label, read, "%", sentence, numbers)
