"""Backdated entries: a start or an end before today needs a reason, which is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.cleaning import clean_line

MOST_OF_REASON = 300


class BackdatingField(forms.CharField):
    """The reason for a date before today; left empty for today and later."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": gettext_lazy("Why a date before today?"),
            "help_text": gettext_lazy("Only for a date that is over. The reason is shown with it."),
        }
        super().__init__(required=False, max_length=MOST_OF_REASON, **(words | kwargs))


def reason_for(day: date, because: str) -> str:
    """Return the reason that is kept with the date: none for today and later.

    Raises Refused (`because`) for a date before today without one.
    """
    if day >= timezone.localdate():
        return ""
    sentence = _("The date is over. Say why it is noted only now.")
    return clean_line(because, "because", MOST_OF_REASON, wanted=sentence)
