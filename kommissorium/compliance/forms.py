"""Form for the date of the answer."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.forms import PlainForm


class DateForm(PlainForm):
    """A past date. A form without one shows today."""

    on = forms.DateField(label=gettext_lazy("Show how it stood on"), initial=timezone.localdate)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("The day is to come. Choose today or a day before it."))
        return on

    def day(self) -> date:
        """Return the date asked for; today when it cannot be answered."""
        if self.is_bound and self.is_valid():
            on: date = self.cleaned_data["on"]
            return on
        return timezone.localdate()
