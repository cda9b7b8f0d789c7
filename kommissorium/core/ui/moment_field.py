"""A form field for a moment: a day and a time of day beside each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PLAIN_WORDS
from kommissorium.core.ui.widgets import DateInput, TimeInput


class MomentWidget(forms.SplitDateTimeWidget):
    """A day and a time of day, in the browser's own controls."""

    def __init__(self) -> None:
        super().__init__({"class": "width-short"})
        day, time = _("Day"), _("Time of day")
        self.widgets = (DateInput({"aria-label": day}), TimeInput({"aria-label": time}))


class MomentField(forms.SplitDateTimeField):
    """A moment, typed as a day and a time here; no moment is refused.

    Where clocks go back the first of two counts, of a time they jump over the one an hour on.
    """

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in self.fields:
            field.error_messages["invalid"] = PLAIN_WORDS[type(field)]

    def compress(self, data_list: Any) -> datetime | None:
        given = [one for one in data_list or () if one is not None]
        if len(given) == 1:
            raise forms.ValidationError(_("Write both a day and a time."))
        return timezone.make_aware(datetime.combine(*given)) if given else None
