"""Finds rows whose texts contain words, whatever their case."""

from __future__ import annotations

from django.db.models import Q


def mentions(word: str, *fields: str) -> Q:
    """Return the condition that the word occurs in one of the fields."""
    # SQLite folds the case of a to z alone, so a word with æøå is looked for in four spellings.
    spellings = sorted({word, word.lower(), word.upper(), word.capitalize()})
    condition = Q()
    for field in fields:
        for spelling in spellings:
            condition |= Q(**{f"{field}__icontains": spelling})
    return condition


def is_named(name: str) -> Q:
    """Return the condition that something has the name, whatever its case."""
    spellings = sorted({name, name.lower(), name.upper(), name.capitalize(), name.title()})
    condition = Q()
    for spelling in spellings:
        condition |= Q(name__iexact=spelling)
    return condition


def mentions_all(words: str, *fields: str) -> Q:
    """Return the condition that each of the words occurs in one of the fields."""
    condition = Q()
    for word in words.split():
        condition &= mentions(word, *fields)
    return condition
