"""The conditions under which a field that may else stay empty is required: said beside its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class When:
    """The condition of a field: `words` follow "required when".

    A form refuses the field empty where the condition `holds`; without `holds` the action does.
    """

    words: str | StrPromise
    holds: Callable[[Any], bool] | None = None
    error: str | StrPromise = ""


def chosen(name: str, *values: object) -> Callable[[forms.Form], bool]:
    """Return the condition that one of these values is chosen in the form's field of that name."""
    return lambda form: form.cleaned_data.get(name) in values


def condition_of(form: forms.BaseForm, name: str) -> When | None:
    """Return the condition of a field, which the form or the field itself declares."""
    field = form.fields[name]
    declared = getattr(form, "required_when", {}).get(name)
    found: When | None = declared or getattr(field, "required_when", None)
    return None if field.required else found


def refuse_lacking(form: forms.BaseForm) -> None:
    """Add an error to each field that is empty though its condition holds."""
    for name, field in form.fields.items():
        when = condition_of(form, name)
        if when is None or when.holds is None or name in form.errors:
            continue
        if form.cleaned_data.get(name) in field.empty_values and when.holds(form):
            form.add_error(name, str(when.error or _("Must be filled in.")))
