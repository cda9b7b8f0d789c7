"""The side menu, the breadcrumbs of a page, and the pages and sorting of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest


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


PER_PAGE = 20


def paged[T: Model](
    queryset: QuerySet[T], request: HttpRequest, per_page: int = PER_PAGE
) -> Page[T]:
    """Return the page that ?page= asks for: the first for no number, the last for one too high."""
    return Paginator(queryset, per_page).get_page(request.GET.get("page"))


def sorted_by[T: Model](
    queryset: QuerySet[T], request: HttpRequest, allowed: Mapping[str, str], default: str
) -> QuerySet[T]:
    """Return the rows sorted by ?sort=column, or ?sort=-column for the other way round.

    `allowed` maps the column names of the page to fields of the model; anything else, and no
    wish at all, gives `default`, a column name with or without "-". Equal rows keep one order.
    """
    wish = request.GET.get("sort", "")
    if wish.removeprefix("-") not in allowed:
        wish = default
    sign = "-" if wish.startswith("-") else ""
    return queryset.order_by(f"{sign}{allowed[wish.removeprefix('-')]}", "pk")
