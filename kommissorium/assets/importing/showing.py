"""A value of an asset in words, as the preview of an import shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import get_language

from kommissorium.assets.importing.targets import ROLE
from kommissorium.assets.models import Asset, PersonalData
from kommissorium.core.ui.wording import day

MOST_SHOWN = 120  # characters


def shown_value(name: str, value: Any) -> str:
    """Return the value of a field as people read it; "" for none."""
    if value in (None, ""):
        return ""
    if name.startswith(ROLE):
        return str(value)
    words = _words(name, get_language())
    if name == "personal_data":
        return ", ".join(words[code] for code in str(value).split(",") if code)
    if words:
        return words.get(value, str(value))
    if isinstance(value, date):
        return day(value)
    text = value.name if isinstance(value, models.Model) else str(value)  # type: ignore[attr-defined]
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


@cache
def _words(name: str, language: str | None) -> Mapping[Any, str]:  # noqa: ARG001 as of the labels
    """Return the labels of a field by their codes; none for a field without choices."""
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    choices = PersonalData.choices if name == "personal_data" else field.flatchoices or ()
    return {code: str(label) for code, label in choices}
