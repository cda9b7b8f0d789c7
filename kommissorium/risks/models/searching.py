"""Words are looked for in one text of each risk, which the database itself keeps."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Cast, Concat, Lower, Replace

from kommissorium.assets.models.areas import LETTERS


def searched() -> models.Expression:
    """Return the text in which words are looked for, in small letters on every database."""
    parts: list[models.Expression] = []
    for field in ("title", "description", "measures", "treatment_note"):
        parts += [Cast(field, models.TextField()), _text(" ")]
    text: models.Expression = Lower(Concat(*parts))
    for capital, small in LETTERS.items():
        text = Replace(text, _text(capital), _text(small))
    return text


def _text(value: str) -> models.Value:
    return models.Value(value, output_field=models.TextField())


def matches(word: str) -> models.Q:
    """Return the condition that a word stands in a risk; letter case does not count."""
    return models.Q(search__contains=word.lower())
