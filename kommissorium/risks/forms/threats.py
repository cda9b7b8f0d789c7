"""Word a threat, and search the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import text_field
from kommissorium.assets.models import Kind
from kommissorium.core.ui.forms import (
    NOT_NARROWED,
    FilterForm,
    PlainForm,
    VersionField,
    choice_field,
    words_field,
)
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
    description = text_field(
        4, label=_("How it can happen"), required=False, max_length=TEXT_LENGTH
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


class ThreatFilter(FilterForm):
    """Filter of the catalogue of threats. Nonsense in the address narrows nothing."""

    q = words_field(_("Search"), 100)
    group = choice_field(_("Group"), [NOT_NARROWED, *Group.choices])
    kind = choice_field(_("Can hit"), [NOT_NARROWED, *Kind.choices])
