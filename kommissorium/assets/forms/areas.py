"""Name an area and its head; how the registers are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.models import Area, RegisterSettings
from kommissorium.assets.models.areas import NAME_LENGTH
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import PlainForm


class AreaForm(PlainForm):
    """The name of an area and who heads it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("For example: Children and schools."),
    )

    def __init__(self, data: Any = None, *, area: Area | None = None) -> None:
        initial = {"name": area.name, "head": area.head} if area else {}
        super().__init__(data, initial=initial)
        self.fields["head"] = PersonChoice(
            kept=area.head if area else None,
            label=_("Head of the area"),
            required=False,
            empty_label=_("None"),
            help_text=_("Can read everything about the assets of the area."),
        )
        if area is not None:
            self.keep_version(area.edit_version)


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
