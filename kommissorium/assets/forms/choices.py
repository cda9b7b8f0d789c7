"""Fields that choose among rows of the registers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model

from kommissorium.accounts.models import Person, danish_order

if TYPE_CHECKING:
    PersonChoiceBase = forms.ModelChoiceField[Person]
else:  # the real class takes no type
    PersonChoiceBase = forms.ModelChoiceField


class PersonChoice(PersonChoiceBase):
    """Choose one of the people who are there, and whoever it names already."""

    def __init__(self, *, kept: Person | None = None, **kwargs: Any) -> None:
        people = Person.objects.active()
        if kept is not None:
            people = people | Person.objects.filter(pk=kept.pk)
        super().__init__(people.order_by(danish_order("name"), "pk"), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


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
