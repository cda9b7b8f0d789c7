"""Sort keys of lists beside the fields themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import Combinable, OrderBy

from kommissorium.accounts.models import LAST_LETTERS

DANISH: Final = str.maketrans(LAST_LETTERS)
# A field, an expression, or what gives one for the list of a request.
type Order = str | Combinable | Callable[[Any], str | Combinable]


def in_danish_order[T](rows: Iterable[T], name: Callable[[T], str] = str) -> list[T]:
    """Return a handful of rows by name as danish_order() sorts many."""
    return sorted(rows, key=lambda row: name(row).lower().translate(DANISH))


def place_of(field: str, values: Iterable[Any]) -> Combinable:
    """Return the place of a field's value among those listed, which is not that of its letters.

    Empty ones have no place and come last.
    """
    filled = [value for value in values if value != ""]
    places = [When(**{field: one}, then=Value(place)) for place, one in enumerate(filled)]
    return Case(*places, default=Value(None), output_field=IntegerField())


def turned(key: str | Combinable, *, may_lack: bool, descending: bool) -> OrderBy:
    """Return the order by a key; what may be lacking comes last, whichever way it is sorted."""
    last = True if may_lack else None
    by: Any = F(key) if isinstance(key, str) else key
    order: OrderBy = by.desc(nulls_last=last) if descending else by.asc(nulls_last=last)
    return order
