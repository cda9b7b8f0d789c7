"""Pages of a list, and its sorting as the address asks."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

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
