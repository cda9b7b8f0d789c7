"""A form field to choose a person, and whom it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from kommissorium.accounts.models import Person, PersonQuerySet, danish_order

if TYPE_CHECKING:
    PersonChoiceBase = forms.ModelChoiceField[Person]
else:  # the real class takes no type
    PersonChoiceBase = forms.ModelChoiceField


def people_to_choose(kept: Person | None = None) -> PersonQuerySet:
    """Return those who have not left, and whoever was chosen before."""
    people: PersonQuerySet = Person.objects.active()
    if kept is not None:
        people |= Person.objects.filter(pk=kept.pk)
    ordered: PersonQuerySet = people.order_by(danish_order("name"), "pk")
    return ordered


class PersonChoice(PersonChoiceBase):
    """Choose one of the people who are there, and whoever was chosen before."""

    def __init__(self, *, kept: Person | None = None, **kwargs: Any) -> None:
        super().__init__(people_to_choose(kept), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


def offer_people(field: forms.Field, people: PersonQuerySet) -> None:
    """Let a field of a form choose among these."""
    field.queryset = people  # type: ignore[attr-defined]
