"""Form for an area and its head."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.models import Area
from kommissorium.assets.models.areas import NAME_LENGTH
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
            empty_label=_("Nobody"),
            help_text=_("Can read everything about the assets of the area."),
        )
        if area is not None:
            self.keep_version(area.edit_version)
