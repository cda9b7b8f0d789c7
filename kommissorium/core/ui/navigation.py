"""The side menu and the breadcrumbs of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class NavigationLink:
    """One line of the side menu. `count` is the number of items behind it, once it is drawn."""

    label: str
    url: str
    current: bool = False
    count: Callable[[], int] | int | None = None


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


class HasPage(Protocol):
    """A row with a page of its own; as a text it is the page's title."""

    def get_absolute_url(self) -> str: ...


def path_of(*steps: Crumb | HasPage | str) -> list[Crumb]:
    """Return the path to a page, its own name last."""
    return [_crumb(step) for step in steps]


def _crumb(step: Crumb | HasPage | str) -> Crumb:
    if isinstance(step, Crumb):
        return step
    return Crumb(step) if isinstance(step, str) else Crumb(str(step), step.get_absolute_url())
