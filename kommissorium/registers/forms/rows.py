"""A form whose fields are those of a model, one with an area, a reason, one that changes many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.forms.models import model_to_dict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.cleaning import WORD_LENGTH
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, VersionField, add_refusal, make_native
from kommissorium.core.ui.localised import number
from kommissorium.core.ui.required import When
from kommissorium.registers.lists.bulk import LEAVE, BulkPart

type Choice = tuple[Any, str | Promise]

FORWARD = When(gettext_lazy("the draft is put forward"))


class BecauseForm(PlainForm):
    """The reason for an act."""

    because = forms.CharField(
        label=gettext_lazy("Why"), max_length=WORD_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class RowForm(PlainForm):
    """Fields of a model in the order named, with the values of a row. An action takes `values`."""

    model: type[models.Model]
    names: tuple[str, ...]
    needed: tuple[str, ...] = ()  # those the model lets be empty, and the act does not

    edit_version = VersionField()

    def __init__(self, data: Any = None, *, row: models.Model | None = None) -> None:
        self.row = row
        initial = model_to_dict(row, [*self.names, "edit_version"]) if row else {}
        super().__init__(data, initial={name: _short(value) for name, value in initial.items()})
        for name in self.names:
            field = self.fields[name] = self.field_of(name)
            field.required = field.widget.is_required = field.required or name in self.needed
            make_native(field)

    def choices_of(self, name: str) -> Iterable[Choice] | None:
        """Return what can be chosen where the model does not say it."""
        return None

    def field_of(self, name: str) -> forms.Field:
        """Return the field of a form for a field of the model."""
        field: Any = self.model._meta.get_field(name)  # noqa: SLF001
        words = {"label": capfirst(field.verbose_name), "help_text": field.help_text}
        if field.related_model is Person:
            kept = getattr(self.row, name, None)
            return PersonChoice(kept=kept, required=not field.null, **words)
        if (choices := self.choices_of(name)) is not None:
            coerce, is_needed = field.to_python, not field.blank
            return forms.TypedChoiceField(
                choices=[*choices], coerce=coerce, required=is_needed, **words
            )
        is_long = isinstance(field, models.TextField)
        found: forms.Field = field.formfield(
            **({"widget": forms.Textarea({"rows": 4})} if is_long else {})
        )
        return found

    def values(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in self.names if name in self.fields}

    def given(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {**self.values(), "edit_version": self.version}

    @property
    def version(self) -> int:
        """Return the version of the row that was changed."""
        version: int = self.cleaned_data["edit_version"]
        return version

    @staticmethod
    def theirs(current: Mapping[str, Any]) -> dict[str, object]:
        """Return what somebody else saved, as it is shown beside what was typed."""
        return {
            name: number(value) if isinstance(value, Decimal) else value
            for name, value in current.items()
        }


def row_form(model: type[models.Model], *names: str) -> type[RowForm]:
    """Return the form of these fields of a model, where it asks for nothing beside them."""
    return type(f"{model.__name__}Form", (RowForm,), {"model": model, "names": names})


def _short(value: Any) -> Any:
    """Return a number without the zeros that the database adds."""
    if not isinstance(value, Decimal):
        return value
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


class AreaRowForm(RowForm):
    """Offers the areas that are in use, and none for the whole municipality."""

    def field_of(self, name: str) -> forms.Field:
        found: Any = super().field_of(name)
        if name == "area":
            areas = found.queryset.model
            found.queryset = areas.objects.in_use().order_by("name")
            found.empty_label = _("The whole municipality")
        return found  # type: ignore[no-any-return]


class BulkForm(PlainForm):
    """Form made of the parts' fields; once valid, `wishes` holds the change to make per part."""

    def __init__(self, data: Any = None, *, parts: Iterable[BulkPart[Any]]) -> None:
        super().__init__(data)
        self.parts, self.wishes = list(parts), dict[str, Any]()
        for part in self.parts:
            self.required_when = {**self.required_when, **part.required_when}
            for name, made in part.fields().items():
                self.fields[name] = made
                make_native(made)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        try:
            found = {part.code: part.wish(said) for part in self.parts}
        except Refused as refused:
            add_refusal(self, refused)
            return said
        self.wishes = {code: wish for code, wish in found.items() if wish is not LEAVE}
        if not self.wishes:
            self.add_error(None, _("Choose at least one thing to change."))
        return said
