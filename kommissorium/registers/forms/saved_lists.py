"""The name a list is kept under."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm


class SavedListForm(PlainForm):
    """What a list is to be called."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=80,
        error_messages={"required": _("Give the list a name.")},
    )
