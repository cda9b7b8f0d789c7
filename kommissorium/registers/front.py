"""A picture of a register on the front of who leads: what it says in a sentence, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kommissorium.accounts.models import Person
from kommissorium.core.charts.svg import Picture
from kommissorium.registers.links import Link


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A part of a picture under its name; `said` stands beside what is drawn without words."""

    name: str
    picture: Picture
    said: str = ""


@dataclass(frozen=True, slots=True)
class FrontPicture:
    """How a register stands: a sentence, and what is drawn of it. It leads to its room."""

    title: str
    url: str
    sentence: str
    lines: Sequence[FrontLine] = ()


# The pictures of registers on the front of who leads, of what the person may read.
FRONTS: Final[Link[Callable[[Person, date], FrontPicture]]] = Link("fronts", several=True)
