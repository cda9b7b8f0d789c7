"""Cleans texts that people typed, and refuses those missing or too long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line, printable, shows
from kommissorium.core.ui.localised import number

WORD_LENGTH = 1000
MOST = 2_000_000_000  # what a whole number can be: more does not fit in the database
CLOCKS_DIFFER = timedelta(minutes=5)  # at most, between a phone and the server


def clean_line(words: str, field: str, most: int, *, wanted: str = "") -> str:
    """Return a text of one line. Raises Refused if it is too long, and with `wanted` if empty."""
    found = one_line(words)
    if len(found) > most:
        raise Refused(**{field: _("The text can be %(most)d characters long.") % {"most": most}})
    found = found if shows(found) else ""
    if wanted and not found:
        raise Refused(**{field: wanted})
    return found


def clean_text(words: str, field: str, most: int = 5000, *, wanted: str = "") -> str:
    """Return a text of several lines. Raises Refused as clean_line does."""
    found = printable(words).strip()
    if len(found) > most:
        raise Refused(**{field: _("The text can be %(most)d characters long.") % {"most": most}})
    found = found if shows(found) else ""
    if wanted and not found:
        raise Refused(**{field: wanted})
    return found


def clean_reason(words: str, sentence: str = "", field: str = "because") -> str:
    """Return a reason. Raises Refused if it is empty, with the sentence if given, or too long."""
    return clean_text(words, field, WORD_LENGTH, wanted=sentence or _("Write why."))


def refuse_outside(value: float | None, field: str, least: int, most: int) -> None:
    """Raise Refused (field) for a number below the least or above the most; None is neither."""
    if value is not None and not least <= value <= most:
        values = {"least": number(least), "most": number(most)}
        raise Refused(**{field: _("Write a number from %(least)s to %(most)s.") % values})


def past_moment(at: datetime, field: str) -> datetime:
    """Return a moment that has come. Raises Refused (field) for one in the future."""
    if at > timezone.now() + CLOCKS_DIFFER:
        raise Refused(**{field: _("That time has not come yet.")})
    return at


def clean_fields(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as they are stored. Raises Refused for missing or unknown ones."""
    return {name: _clean(model._meta.get_field(name), value) for name, value in values.items()}  # noqa: SLF001


def _clean(field: Any, value: Any) -> Any:
    wanted = "" if field.blank or field.null else _("Must be filled in.")
    if isinstance(field, models.TextField):
        value = clean_text(value, field.name)
    elif isinstance(field, models.CharField):
        value = clean_line(value, field.name, field.max_length or 0)
    if wanted and value in ("", None):
        raise Refused(**{field.name: wanted})
    if isinstance(field, models.PositiveIntegerField) and value is not None and value > MOST:
        raise Refused(
            **{field.name: _("The number can be at most %(most)s.") % {"most": number(MOST)}}
        )
    if field.choices and value not in dict(field.flatchoices):
        raise Refused(**{field.name: _("Choose from the list.")})
    return value
