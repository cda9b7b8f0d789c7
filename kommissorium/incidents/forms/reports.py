"""What somebody fills in who reports an incident: little, on a phone, in under a minute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Answer
from kommissorium.core.ui.forms import PlainForm
from kommissorium.incidents.forms.fields import MomentField, file_field, given_file
from kommissorium.incidents.models.incidents import LINE_LENGTH, TEXT_LENGTH

UNSURE = "unsure"


class ReportForm(PlainForm):
    """What happened, when, where, whether personal data are involved; a picture or a file."""

    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write what you saw. Leave out names where you can."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write what happened.")},
    )
    place = forms.CharField(
        label=_("Which system, or where?"), max_length=LINE_LENGTH, required=False
    )
    personal_data = forms.ChoiceField(
        label=_("Are personal data involved?"),
        choices=[(Answer.YES, _("Yes")), (Answer.NO, _("No")), (UNSURE, _("I do not know"))],
        initial=UNSURE,
        widget=forms.RadioSelect,
    )
    discovered_at = MomentField(label=_("When did you notice it?"))
    happened_at = MomentField(label=_("When did it begin, if that was earlier?"), required=False)
    file = file_field(
        label=_("Picture or file"),
        help_text=_("Up to 25 MB. Where a picture was taken is removed from it."),
    )

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        initial = {"discovered_at": timezone.localtime(), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        if not with_file:
            del self.fields["file"]

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("what", "place", "discovered_at", "happened_at")
        found = {name: self.cleaned_data[name] for name in names}
        answer = self.cleaned_data["personal_data"]
        return {
            **found,
            "personal_data": "" if answer == UNSURE else answer,
            "file": given_file(self),
        }


class AdditionForm(PlainForm):
    """What somebody adds to a report."""

    text = forms.CharField(
        label=_("Add to it"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    file = file_field(label=_("Picture or file"))

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_file:
            del self.fields["file"]

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "file": given_file(self)}


class FollowForm(PlainForm):
    """The number and the word that were given to whoever reported without sign-in."""

    receipt = forms.CharField(label=_("Receipt number"), max_length=20)
    secret = forms.CharField(label=_("Code"), max_length=40)
