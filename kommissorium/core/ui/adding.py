"""Fields by which people with the right can add a missing choice, together with the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model


class AddingField(forms.Field):
    """A field that gives a row which may not be saved yet: it is added before the act is done."""

    def let_add(self, by: Any, initial: Any) -> None:
        """Offer the field's addition to a person with the right; `initial` is the first choice."""
        raise NotImplementedError

    def add(self, row: Any) -> Model:
        """Add the row, by an action; return it."""
        raise NotImplementedError


def let_add[F: forms.BaseForm](form: F, by: Any) -> F:
    """Set the person who fills the form in, so that its fields offer additions; return the form."""
    for name, field in form.fields.items():
        if isinstance(field, AddingField):
            field.let_add(by, form.get_initial_for_field(field, name))
    return form


def with_added[T](act: Callable[[], T], *filled: forms.BaseForm) -> T:
    """Do the act of valid forms, after adding their fields' new rows; all of it, or nothing."""
    new = [(form, name) for form in filled for name in form.fields if _is_new(form, name)]
    if not new:
        return act()
    with transaction.atomic():
        for form, name in new:
            field: Any = form.fields[name]
            form.cleaned_data[name] = field.add(form.cleaned_data[name])
        return act()


def _is_new(form: forms.BaseForm, name: str) -> bool:
    value = form.cleaned_data.get(name)
    return isinstance(form.fields[name], AddingField) and value is not None and value.pk is None
