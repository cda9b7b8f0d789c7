"""Who reads the registers of the whole municipality, and how words are looked for there."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Cast, Concat, Lower, Replace

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee


def reads_whole_register(person: Person) -> bool:
    """Return whether `person` may read all assets, their suppliers and how complete they are.

    Coordinators, auditors, members of the executive board, and whoever sits in a committee today,
    or is a deputy there.
    """
    return Committee.are_followed_by(person)


# The letters Danish names have beyond a to z, whose case SQLite does not fold.
LETTERS = {"Æ": "æ", "Ø": "ø", "Å": "å", "Ä": "ä", "Ö": "ö", "Ü": "ü", "É": "é"}


def searched() -> models.Expression:
    """Return the text that is searched for words, in lower case on every database."""
    parts: list[models.Expression] = []
    for field in ("name", "alias", "local_id", "purpose", "place", "contents"):
        parts += [Cast(field, models.TextField()), _text(" ")]
    text: models.Expression = Lower(Concat(*parts))
    for capital, small in LETTERS.items():
        text = Replace(text, _text(capital), _text(small))
    return text


def _text(value: str) -> models.Value:
    return models.Value(value, output_field=models.TextField())


def matches(word: str) -> models.Q:
    """Return the condition that a word is in what is searched; letter case does not count."""
    return models.Q(search__contains=word.lower())
