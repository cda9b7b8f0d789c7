"""Amounts in kroner as Danes type them, and the field for one."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import kroner

MOST_KRONER = 10_000_000_000  # that anybody can mean
# 1250000, 1.250.000, 1 250 000; whole kroner, or with the øre 00 that people write out of habit.
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:00|0|-))?")
_UNIT = re.compile(r"^(?:kr\.?|dkk)\s*|\s*(?:kr\.?|dkk|kroner)$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def kroner_of(text: str) -> int:
    """Return the whole kroner of "1.250.000", "250.000,00", "kr. 40000" and the like.

    Raises ValueError for anything else: øre, signs, dots that do not part thousands.
    """
    tidy = _UNIT.sub("", _SPACES.sub(" ", text).strip()).strip()
    found = _AMOUNT.fullmatch(tidy) if tidy.isascii() else None
    if found is None:
        raise ValueError(text)
    return int(found["whole"].replace(".", "").replace(" ", ""))


class KronerInput(forms.TextInput):
    """A line for digits and the dots between thousands; whole kroner are shown with them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return str(number_format(value, force_grouping=True))
        shown = super().format_value(value)
        return None if shown is None else str(shown)


class KronerField(forms.CharField):
    """Gives whole kroner; None where it may be empty and is."""

    widget = KronerInput

    def __init__(self, *, most: int = MOST_KRONER, **kwargs: Any) -> None:
        self.most = most
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if text.strip().startswith(("-", "\u2212")):
            raise ValidationError(_("The amount cannot be less than 0."))
        try:
            amount = kroner_of(text)
        except ValueError:
            raise ValidationError(
                _("Write the amount in whole kroner, for example 250.000.")
            ) from None
        if amount > self.most:
            values = {"most": kroner(self.most)}
            raise ValidationError(_("The amount can be %(most)s at most.") % values)
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != (kroner_of(data) if data else None))
        except ValueError:
            return True
