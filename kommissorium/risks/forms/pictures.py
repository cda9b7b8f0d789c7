"""The day another picture is asked for."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm


class ThenForm(PlainForm):
    """The day to be compared with today."""

    then = forms.DateField(
        label=_("Compare with"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as a date.")},
    )

    def clean_then(self) -> date:
        then: date = self.cleaned_data["then"]
        if then >= timezone.localdate():
            raise forms.ValidationError(_("Choose a past day."))
        return then
