"""Choose a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from kommissorium.accounts.models import Person, danish_order

if TYPE_CHECKING:
    PersonChoiceBase = forms.ModelChoiceField[Person]
else:  # the real class takes no type
    PersonChoiceBase = forms.ModelChoiceField


class PersonChoice(PersonChoiceBase):
    """Choose one of the people who are there."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


def offer_people(field: forms.Field, kept: Person | None = None) -> None:
    """Let a field choose among those who have not left, and whoever it names already."""
    people = Person.objects.active()
    if kept is not None:
        people = people | Person.objects.filter(pk=kept.pk)
    field.queryset = people.order_by(danish_order("name"), "pk")  # type: ignore[attr-defined]
