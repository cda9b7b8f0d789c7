"""A date field that catches slips of the year."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A date of this or the neighbouring centuries: a mistyped year is refused."""

    def __init__(self, **kwargs: Any) -> None:
        message = _("Write a date between the years 1900 and 2199.")
        limits = [MinValueValidator(FIRST, message), MaxValueValidator(LAST, message)]
        super().__init__(**kwargs, validators=limits)
