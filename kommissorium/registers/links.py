"""Wires between rooms that may not know each other: one offers an answer, another asks by name.

A link is declared here or beside the type of what goes through it. Whoever has the answer offers it
in its `register.py`; whoever needs it asks. Why: docs/decisions/0041.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.core.documents.letters import Letter
from kommissorium.core.mailbox.models import ReceivedMail
from kommissorium.core.ui.owed import Owed
from kommissorium.core.ui.todo import FirstStep

LINKS: Final[dict[str, Link[Any]]] = {}  # every link there is, by its name


class Link[A]:
    """What is asked of another room. One room answers; with `several` any may, each for itself."""

    def __init__(self, name: str, *, several: bool = False) -> None:
        if name in LINKS:
            message = f"there is a link named {name} already"
            raise ValueError(message)
        self.name, self.several = name, several
        self.offers: dict[str, A] = {}  # by the room that offers
        LINKS[name] = self

    def offer(self, room: str, answer: A) -> None:
        """Answer for a room. Raises ValueError where it is answered already."""
        if room in self.offers or (self.offers and not self.several):
            message = f"{self.name} is answered already by {', '.join(self.offers)}"
            raise ValueError(message)
        self.offers[room] = answer

    def ask(self) -> A:
        """Return the answer of the one room that has it. Raises LookupError for none, or several."""
        if self.several or not self.offers:
            raise LookupError(self.name)
        return next(iter(self.offers.values()))

    def ask_of(self, room: str) -> A:
        """Return a room's answer. Raises LookupError for a room that offers none."""
        if room not in self.offers:
            raise LookupError(self.name, room)
        return self.offers[room]

    def ask_all(self) -> Iterable[A]:
        """Return the answers of all rooms that offer one, in no order (installed.in_order)."""
        return self.offers.values()


# What everybody can do in one press from the overview: its words and its address.
OFFERED: Final[Link[tuple[str | Promise, str]]] = Link("offered", several=True)
# Sources on the year wheel that a register's own to-dos tell of.
TOLD_ELSEWHERE: Final[Link[tuple[str, ...]]] = Link("told_elsewhere", several=True)
# The pages of tasks of the person's that nobody can do any more.
OUT_OF_REACH: Final[Link[Callable[[Person], Iterable[str]]]] = Link("out_of_reach")
# The keys of those who by the day had read what is laid down for owners of assets.
OWNERS_WHO_READ: Final[Link[Callable[[date], set[int]]]] = Link("owners_who_read")
# What is done of itself in the evening, before the day's figures are kept; again it does nothing.
END_OF_DAY: Final[Link[Callable[[date], object]]] = Link("end_of_day", several=True)
# What others owe that a person follows up, beside tasks and the year wheel.
OWED: Final[Link[Callable[[Person, date], Iterable[Owed[Person]]]]] = Link("owed", several=True)
# Takes a mail that came to the mailbox, given what our mail server found of its sender
# (Letter.proof); None for one that is not for the room.
MAILED: Final[Link[Callable[[Letter, str], ReceivedMail.Outcome | None]]] = Link(
    "mailed", several=True
)
# With what a new municipality begins in a register, done or not.
FIRST_STEPS: Final[Link[Callable[[Person], Iterable[FirstStep]]]] = Link(
    "first_steps", several=True
)
