"""Conditions and orders of queries: what is held on a date, and words in Danish order."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Lower, Replace

# Danish letters come last and in this order, whatever the database thinks of them.
LAST_LETTERS = {"æ": "zz1", "Æ": "zz1", "ø": "zz2", "Ø": "zz2", "å": "zz3", "Å": "zz3"}


def held_on(on: date, prefix: str = "") -> models.Q:
    """Return the condition that a from/to row holds on the date; both ends are included."""
    return models.Q(**{f"{prefix}from_date__lte": on}) & (
        models.Q(**{f"{prefix}to_date": None}) | models.Q(**{f"{prefix}to_date__gte": on})
    )


def ends_after_it_starts() -> models.Q:
    """Return the condition that the last day does not lie before the first."""
    return models.Q(to_date=None) | models.Q(to_date__gte=models.F("from_date"))


def danish_order(field: str | models.Expression) -> models.Expression:
    """Return the key to sort a column of words by: case does not count, æøå come last."""
    key: models.Expression = Lower(field)
    for letter, stand_in in LAST_LETTERS.items():
        key = Replace(key, models.Value(letter), models.Value(stand_in))
    return key
