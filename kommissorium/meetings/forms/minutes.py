"""Forms to send minutes to review and to hand them over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm


class ReviewForm(PlainForm):
    """Form for the deadline for comments by those present."""

    review_until = forms.DateField(label=_("Comments no later than"))


class CaseForm(PlainForm):
    """Form for the case number and KLE number a meeting is filed under."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    case_number = forms.CharField(
        label=_("Case number"),
        max_length=60,
        required=False,
        help_text=_("As your records system writes it."),
    )
    kle_number = forms.CharField(
        label=_("KLE number"),
        max_length=20,
        required=False,
        help_text=_("Three pairs of digits, such as 85.11.00. A facet, such as G01, can follow."),
    )
