"""Forms for what came of an occurrence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.files.file_types import ACCEPT
from kommissorium.core.ui.forms import PlainForm, may_come_in
from kommissorium.core.ui.required import When, chosen
from kommissorium.yearwheel.actions import GivenEvidence
from kommissorium.yearwheel.models import Evidence, Occurrence
from kommissorium.yearwheel.models.duties import TEXT_LENGTH, WORD_LENGTH

# Pages of this program that a pasted address can lead to, and what the chain calls their rows.
ROWS = {
    "agenda_item": ("meetings.agendaitem", _("Agenda item")),
    "mandate": ("committees.mandate", _("Terms of reference")),
    "meeting": ("meetings.meeting", _("Meeting")),
    "occurrence": ("yearwheel.occurrence", _("Duty of the year wheel")),
    "task": ("tasks.task", _("Task")),
}
RESULTS = [choice for choice in Occurrence.Result.choices if choice[0]]


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; gives them as a list, empty when none was chosen."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file]


class ResultFields(PlainForm):
    """Fields for the result."""

    required_when: Mapping[str, When] = {
        "conclusion": When(
            _("there were faults"),
            chosen("result", Occurrence.Result.MINOR, Occurrence.Result.CRITICAL),
            _("Faults were found. Say which, and what is done about them."),
        )
    }

    result = forms.ChoiceField(
        label=_("What was the result?"),
        help_text=_(
            "“Done” is for what no fault can be found in, such as a plan that is made or a "
            "meeting that is held. What is checked has one of the other three."
        ),
        choices=RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    conclusion = forms.CharField(
        label=_("Conclusion"),
        help_text=_("What was found, and what is done about it."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )


class FinishForm(ResultFields):
    """Form for the result, and the evidence for it."""

    documents = FilesField(
        label=_("Files that show it"),
        help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB each."),
        required=False,
        validators=[may_come_in],
    )
    links = forms.CharField(
        label=_("Addresses that show it"),
        help_text=_("One a line: of a page in this program or elsewhere."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 2}),
    )

    def evidence(self) -> list[GivenEvidence]:
        """Return the files and addresses as the action takes them."""
        files: list[UploadedFile[Any]] = self.cleaned_data["documents"]
        given = [
            GivenEvidence(Evidence.Kind.FILE, label=file.name or "", data=file.read())
            for file in files
        ]
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines()]
        return given + [_address(line) for line in lines if line]


class FinishManyForm(ResultFields):
    """Form for the result of several occurrences, all alike."""


class BecauseForm(PlainForm):
    """A reason."""

    because = forms.CharField(
        label=_("Why"), max_length=WORD_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class MoveForm(BecauseForm):
    """Another day, and why."""

    to = forms.DateField(label=_("New day"))
    field_order = ["to", "because"]


class BeginForm(PlainForm):
    """Form for what has happened, when, and by when it must be dealt with."""

    occasion = forms.CharField(label=_("What has happened?"), max_length=WORD_LENGTH)
    happened = forms.DateField(label=_("When did it happen?"))
    due = forms.DateField(label=_("Due"))


class DelegationForm(PlainForm):
    """Form to ask somebody else to do it."""

    to = PersonChoice(
        label=_("Who is to do it"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
        help_text=_("The responsibility stays where it is. The person is asked by mail."),
    )
    note = forms.CharField(
        label=_("A few words to go with it"),
        required=False,
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


def _address(line: str) -> GivenEvidence:
    """Return a pasted address: as a row of ours where it is one, else as a link."""
    try:
        parts = urlsplit(line)
    except ValueError:
        return GivenEvidence(Evidence.Kind.LINK, url=line)
    inside = line.startswith((f"{settings.SITE_URL}/", "/")) and not line.startswith("//")
    if not inside:
        return GivenEvidence(Evidence.Kind.LINK, url=line)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return GivenEvidence(Evidence.Kind.LINK, url=line)
    kind, name = ROWS.get(str(found.url_name), ("", ""))
    key = str(found.kwargs.get("pk", ""))
    if not (kind and key):
        return GivenEvidence(Evidence.Kind.LINK, url=f"{settings.SITE_URL}{parts.path}")
    return GivenEvidence(
        Evidence.Kind.ROW,
        label=f"{name} {key}",
        url=parts.path,
        object_kind=kind,
        object_id=key,
    )
