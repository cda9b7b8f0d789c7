"""Numbers a register keeps that something can be held against, as an objective is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

type Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number read from how a register is counted; None where there is nothing to count."""

    label: str | Promise
    read: Callable[[Numbers], int | None]
    unit: str | Promise = ""


def count(label: str | Promise, name: str) -> Indicator:
    """Return one of the counts as it is."""
    return Indicator(label, lambda numbers: numbers.get(name))


def percentage(label: str | Promise, part: str, whole: str) -> Indicator:
    """Return how many whole percent one count is of another, rounded down."""

    def read(numbers: Numbers) -> int | None:
        of = numbers.get(whole, 0)
        return 100 * numbers.get(part, 0) // of if of else None

    return Indicator(label, read, "%")
