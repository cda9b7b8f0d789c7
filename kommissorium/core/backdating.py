"""Days of a start or an end: one before today needs a reason, which is kept; an end can be at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.cleaning import clean_line
from kommissorium.core.ui.required import When

MOST_OF_REASON = 300


class BackdatingField(forms.CharField):
    """The reason for a date before today; left empty for today and later."""

    required_when = When(gettext_lazy("the date is over"))

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": gettext_lazy("Why a date before today?"),
            "help_text": gettext_lazy("The reason is shown with the date."),
        }
        super().__init__(required=False, max_length=MOST_OF_REASON, **(words | kwargs))


class AtOnceField(forms.BooleanField):
    """Whether something ends this moment, in place of a last day."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": gettext_lazy("It ends at once"),
            "help_text": gettext_lazy(
                "Else at midnight after the last day. Whoever is signed in is signed out."
            ),
        }
        super().__init__(required=False, **(words | kwargs))


def reason_for(day: date, because: str) -> str:
    """Return the reason that is kept with the date: none for today and later.

    Raises Refused (`because`) for a date before today without one.
    """
    if day >= timezone.localdate():
        return ""
    sentence = _("The date is over. Say why it is noted only now.")
    return clean_line(because, "because", MOST_OF_REASON, wanted=sentence)
