"""Forms that filter a list, read from its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm

NOT_NARROWED = ("", _("All"))


class FilterForm(PlainForm):
    """The filters of a list. Nonsense in the address narrows nothing."""

    def value(self, name: str) -> str:
        """Return the value asked for; "" for nothing or nonsense."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return str(self.cleaned_data.get(name) or "").strip()

    @property
    def narrows(self) -> bool:
        """Return whether anything is asked for."""
        return any(self.value(name) for name in self.fields)

    def offer(self, name: str, choices: Iterable[Any], all_label: Any = NOT_NARROWED[1]) -> None:
        """Offer a field these choices, or all."""
        self.fields[name].choices = [("", all_label), *choices]  # type: ignore[attr-defined]


def words_field(label: Any = None, max_length: int | None = 200) -> forms.CharField:
    """Return a field for words to look for."""
    return forms.CharField(
        label=label or _("Words"),
        required=False,
        max_length=max_length,
        widget=forms.TextInput({"type": "search", "class": "form-input"}),
    )


def choice_field(label: Any, choices: Iterable[Any] = ()) -> forms.ChoiceField:
    """Return a field to choose one of several, or none."""
    widget = forms.Select({"class": "form-select"})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)
