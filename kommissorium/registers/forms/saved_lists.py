"""The name a list is kept under."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm


class SavedListForm(PlainForm):
    """Form for the name of a list."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=80,
        error_messages={"required": _("Write a name.")},
    )
