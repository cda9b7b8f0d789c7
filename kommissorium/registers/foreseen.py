"""Foreseen risks of all registers, for other rooms to refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.registers.links import Link
from kommissorium.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Something that can go wrong, as a risk; `key` is its register's, with the register's code
    once it stands among those of others."""

    key: str
    label: str
    url: str = ""


class WeighAgain(Protocol):
    """How a register has something weighed again: who answers for it gets the task."""

    def __call__(
        self, key: str, title: str, *, by: Person, committee: Committee, due: date, is_closed: bool
    ) -> Task | None: ...


@dataclass(frozen=True, slots=True)
class Foresight:
    """How a register answers for what it has foreseen, by keys of its own.

    `about` gives what the person reads, of these assets first; `today` what the person reads of
    those with these keys, as each stands today. `weigh_again` gives a task, None where nobody can:
    the committee decided it, and the caller has checked who may.
    """

    about: Callable[[Person, Sequence[int]], Iterable[Foreseen]]
    today: Callable[[Person, Sequence[str]], Iterable[Foreseen]]
    weigh_again: WeighAgain


FORESIGHT: Final[Link[Foresight]] = Link("foresight", several=True)


def foreseen(person: Person, assets: Iterable[int]) -> list[Foreseen]:
    """Return what the person reads of all that registers have foreseen, of these assets first."""
    keys = list(assets)
    return [
        replace(one, key=f"{code}:{one.key}")
        for code, foresight in FORESIGHT.offers.items()
        for one in foresight.about(person, keys)
    ]


def foreseen_as(person: Person, keys: Iterable[str]) -> dict[str, Foreseen]:
    """Return by their keys what the person reads of these, each as its register has it today."""
    own: dict[str, list[str]] = {}
    for key in filter(None, keys):
        code, _colon, rest = key.partition(":")
        own.setdefault(code, []).append(rest)
    return {
        key: replace(one, key=key)
        for code, rests in own.items()
        for one in FORESIGHT.ask_of(code).today(person, rests)
        if (key := f"{code}:{one.key}")
    }


def weigh_again(
    key: str, title: str, *, by: Person, committee: Committee, due: date, is_closed: bool
) -> Task | None:
    """Have something that was foreseen weighed again, as the committee decided.

    Its register makes a task of it for whoever answers for it; None where it is there no more.
    """
    code, _colon, own = key.partition(":")
    return FORESIGHT.ask_of(code).weigh_again(
        own, title, by=by, committee=committee, due=due, is_closed=is_closed
    )
