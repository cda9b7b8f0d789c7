"""What the frame of a page shows beside its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class NavigationLink:
    """One line of the side menu. `count` is how many things wait behind it."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class NavigationSection:
    """Lines of the side menu that belong together; an empty label shows no heading."""

    label: str
    links: Sequence[NavigationLink]


@dataclass(frozen=True)
class Crumb:
    """One step of the path to the page. The last one has no url: it is the page."""

    label: str
    url: str = ""
