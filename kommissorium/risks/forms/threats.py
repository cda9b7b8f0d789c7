"""Word a threat, and search the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Kind
from kommissorium.core.ui.forms import PlainForm, VersionField
from kommissorium.risks.models import Group
from kommissorium.risks.models.threats import NAME_LENGTH, TEXT_LENGTH


class ThreatForm(PlainForm):
    """A threat of the catalogue."""

    group = forms.ChoiceField(label=_("Group"), choices=Group.choices)
    name = forms.CharField(
        label=_("What can happen"),
        max_length=NAME_LENGTH,
        help_text=_("In a few words, for example: Water gets in."),
    )
    description = forms.CharField(
        label=_("How it can happen"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it can hit"),
        help_text=_("Tick nothing if it can hit everything."),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    edit_version = VersionField()

    def values(self) -> dict[str, Any]:
        """Return what the form says, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


class ThreatFilter(PlainForm):
    """Filter of the catalogue of threats."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    group = forms.ChoiceField(label=_("Group"), required=False)
    kind = forms.ChoiceField(label=_("Can hit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("group", Group.choices), ("kind", Kind.choices)):
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]

    @property
    def wishes(self) -> dict[str, str]:
        """Return what was asked for that makes sense, by field."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
