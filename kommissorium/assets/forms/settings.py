"""Form for the settings of the registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import PlainForm


class SettingsForm(PlainForm):
    """The committee whose year wheel is used, and the number of assets that is many."""

    committee = forms.ModelChoiceField(
        Committee.objects.order_by("pk"),
        label=_("Year wheel"),
        required=False,
        empty_label=_("The oldest committee's"),
        help_text=_(
            "The committee in whose year wheel reviews of documents, oversight of suppliers and "
            "owners' statements stand."
        ),
    )
    many_assets = forms.IntegerField(
        label=_("Show owners with at least this many assets"),
        min_value=2,
        max_value=1000,
        help_text=_(
            "Owners of so many systems, data sets and archives stand in a list of their own."
        ),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, settings: RegisterSettings) -> None:
        names = ("committee", "many_assets", "edit_version")
        super().__init__(data, initial={name: getattr(settings, name) for name in names})
