"""Fields that choose among rows of the registers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model


class RowsField(forms.MultipleChoiceField):
    """Tick some of the rows offered; gives the rows. What is not offered is passed over."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.rows: dict[str, Model] = {}

    def offer(self, rows: Iterable[Model]) -> None:
        """Let the field choose among these."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, str(row)) for key, row in self.rows.items()]

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> Any:
        keys: list[str] = super().clean(value)
        return [self.rows[key] for key in keys if key in self.rows]
