"""Controls for a form of hundreds of rows, and a date field that catches slips of the year."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class QuickSelect(forms.Select):
    """A select written in one go.

    Django renders a template for every option: with 31 measures for each of 200 clauses that
    would be most of the time a page takes.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(own), options)


FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A date of this or the neighbouring centuries: a mistyped year is refused."""

    def __init__(self, **kwargs: Any) -> None:
        message = _("Write a date between the years 1900 and 2199.")
        limits = [MinValueValidator(FIRST, message), MaxValueValidator(LAST, message)]
        super().__init__(**kwargs, validators=limits)
