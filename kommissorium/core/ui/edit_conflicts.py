"""Two people's values of the same form, side by side, after both edited it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.formats import localize
from django.utils.translation import gettext as _

from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.forms import RichTextField
from kommissorium.core.ui.localised import clock, day, moment


@dataclass(frozen=True)
class Difference:
    """One field that two people gave different values."""

    label: str
    mine: str
    theirs: str


def differences(form: forms.Form, current: Mapping[str, object]) -> list[Difference]:
    """Return the fields of the bound form whose typed value differs from the saved one."""
    pairs = [
        Difference(
            label=str(form[name].label),
            mine=worded(field, form.cleaned_data.get(name, form[name].value())),
            theirs=worded(field, current[name]),
        )
        for name, field in form.fields.items()
        if name in current and not form[name].is_hidden
    ]
    return [pair for pair in pairs if pair.mine != pair.theirs]


def worded(field: forms.Field, value: object) -> str:
    """Return a field's value as a person reads it."""
    if value is None or value == "":
        return _("(empty)")
    if isinstance(field, RichTextField):
        return plain_text(str(value))
    if isinstance(field, forms.ModelChoiceField):
        return _of_model(field, value)
    if isinstance(field, forms.ChoiceField):
        return _of_choice(field, value)
    return _plain(value)


def _of_model(field: forms.ModelChoiceField[Model], value: object) -> str:
    row = value
    if field.queryset is not None and isinstance(value, int | str):
        row = field.queryset.filter(pk=value).first()
    return str(field.label_from_instance(row)) if isinstance(row, Model) else _("(empty)")


def _of_choice(field: forms.ChoiceField, value: object) -> str:
    # The widget has them as a flat or nested list, whatever the field was given.
    choices: list[tuple[Any, Any]] = list(field.widget.choices)
    nested = (
        label if isinstance(label, list | tuple) else [(key, label)] for key, label in choices
    )
    labels = {str(key): str(label) for key, label in chain.from_iterable(nested)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(value)
    return str(localize(value)) if isinstance(value, int | float) else str(value)
