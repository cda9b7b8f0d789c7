"""Forms for reporters of an incident: little to fill in, on a phone, in under a minute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import YES_NO, file_field, given_file, text_field
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.moment_field import MomentField
from kommissorium.incidents.models.incidents import LINE_LENGTH

UNSURE = "unsure"


class ReportForm(PlainForm):
    """The event, its time and place, whether personal data are involved; a picture or a file."""

    what = text_field(
        label=_("What happened?"),
        help_text=_("Write what you saw. Leave out names where you can."),
        error_messages={"required": _("Write what happened.")},
    )
    place = forms.CharField(
        label=_("Which system, or where?"), max_length=LINE_LENGTH, required=False
    )
    personal_data = forms.ChoiceField(
        label=_("Are personal data involved?"),
        choices=[*YES_NO, (UNSURE, _("I do not know"))],
        initial=UNSURE,
        widget=forms.RadioSelect,
    )
    discovered_at = MomentField(label=_("When did you notice it?"))
    happened_at = MomentField(label=_("When did it begin?"), required=False)
    file = file_field(help_text=_("Up to 25 MB. Where a picture was taken is removed from it."))

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        initial = {"discovered_at": timezone.localtime()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["place"].widget.attrs["list"] = "systems"
        if not with_file:
            del self.fields["file"]

    def given(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        if found["personal_data"] == UNSURE:
            found["personal_data"] = ""
        return {**found, "file": given_file(self)}


class AdditionForm(PlainForm):
    """An addition to a report."""

    text = text_field(3, label=_("Add to it"), required=False)
    file = file_field()

    def __init__(self, *args: Any, with_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_file:
            del self.fields["file"]

    def given(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "file": given_file(self)}


class FollowForm(PlainForm):
    """The number and the code that a reporter without sign-in was given."""

    receipt = forms.CharField(label=_("Receipt number"), max_length=20)
    secret = forms.CharField(label=_("Code"), max_length=40)
