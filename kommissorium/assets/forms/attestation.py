"""Forms of attestation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models.attestation import TITLE_LENGTH, WORD_LENGTH
from kommissorium.core.ui.forms import PlainForm


class RoundForm(PlainForm):
    """The title of a round, and the day answers are due."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    due = forms.DateField(label=_("Answers by"))


class RoundChangeForm(RoundForm):
    """The same for a round that is open."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)


class SettleForm(PlainForm):
    """The coordinator's note of what was done about an answer."""

    settlement = forms.CharField(
        label=_("What was done?"),
        help_text=_("The owner sees it, and it stands in the record of the round."),
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class CloseForm(PlainForm):
    """Remarks on the round as a whole."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        help_text=_("For example why some did not answer, and what comes of it."),
        required=False,
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
