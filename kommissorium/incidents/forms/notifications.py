"""Forms about a notification: each gives what its action takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import YES_NO, file_field, given_file, text_field
from kommissorium.assets.models import Answer
from kommissorium.core.ui.forms import MomentField, PlainForm, VersionField, beside_fields
from kommissorium.core.ui.required import When, chosen
from kommissorium.incidents.actions.notifications import is_late, refuse_sent_at
from kommissorium.incidents.clocks import draft_of
from kommissorium.incidents.models import Notification
from kommissorium.registers.forms.rows import RowForm


class WordForm(PlainForm):
    """The data protection officer's word on another moment."""

    agreed = forms.ChoiceField(
        label=_("Does the other moment count?"), choices=YES_NO, widget=forms.RadioSelect
    )
    word = text_field(label=_("Why"))

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "agreed": self.cleaned_data["agreed"] == Answer.YES}


class NeedForm(PlainForm):
    """Whether a notification is to be sent."""

    required_when: Mapping[str, When] = {
        "because": When(_("it is not to be sent"), chosen("needed", Answer.NO), _("Write why."))
    }

    edit_version = VersionField()
    needed = forms.ChoiceField(
        label=_("Is it to be sent?"), choices=YES_NO, widget=forms.RadioSelect
    )
    exception = forms.ChoiceField(label=_("Exception"), required=False)
    because = text_field(label=_("Reason"), required=False)

    def __init__(self, data: Any = None, *, row: Notification) -> None:
        names = ("needed", "because", "exception", "edit_version")
        super().__init__(data, initial={name: getattr(row, name) for name in names})
        self.fields["because"].help_text = row.rule.usual_no
        if row.rule.exceptions:
            rows = [(one.name, str(one)) for one in row.rule.exceptions]
            self.fields["exception"].choices = [("", _("None")), *rows]  # type: ignore[attr-defined]
        else:
            del self.fields["exception"]


class AdviceForm(RowForm):
    """The data protection officer's advice."""

    model = Notification
    names = needed = ("advice",)


class DraftForm(RowForm):
    """The text to be sent, begun with the authority's questions; for a warning two answers."""

    model = Notification
    names: tuple[str, ...] = ("text",)

    def __init__(self, data: Any = None, *, row: Notification) -> None:
        if row.rule.is_warning:
            self.names = ("is_malicious", "crosses_borders", "text")
        row.text = row.text or draft_of(row)
        super().__init__(data, row=row)
        self.fields["text"].widget.attrs["rows"] = 18

    def given(self) -> dict[str, Any]:
        return {"values": self.values(), "edit_version": self.version}


class SentForm(RowForm):
    """The sending: when, the receipt, and what the law wants to know of it."""

    model = Notification
    names: tuple[str, ...] = ("receipt", "late_because")
    required_when: Mapping[str, When] = {
        "late_because": When(
            _("the deadline had passed"),
            lambda form: is_late(form.row, form.cleaned_data.get("sent_at")),
            _("The deadline had passed: write why it was later."),
        ),
    }
    proof = When(
        _("nothing else shows it"),
        lambda form: not (form.cleaned_data.get("how") or form.cleaned_data.get("file")),
        _("Write the number of the receipt, or add a file that shows it."),
    )

    row: Notification

    def __init__(self, data: Any = None, files: Any = None, *, row: Notification) -> None:
        if row.code == "gdpr_33":
            self.names = ("receipt", "late_because", "more_follows")
        elif not row.due_at:
            self.names = ("receipt", "how", "how_many")
        super().__init__(data, row=row)
        self.files = files or MultiValueDict()
        self.fields["sent_at"] = MomentField(label=_("Sent"), initial=timezone.localtime())
        self.fields["file"] = file_field(
            label=_("Receipt as a file"), help_text=_("It is kept in the timeline.")
        )
        self.order_fields(["sent_at", "receipt", "file"])
        if row.rule.law:
            self.required_when = {**self.required_when, "receipt": self.proof}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("sent_at"):
            with beside_fields(self):
                refuse_sent_at(self.row, said["sent_at"])
        return said

    def given(self) -> dict[str, Any]:
        return {
            "values": self.values(),
            "edit_version": self.version,
            "sent_at": self.cleaned_data["sent_at"],
            "file": given_file(self),
        }


class StatusForm(PlainForm):
    """When a status was sent in place of the final report."""

    edit_version = VersionField()
    sent_at = MomentField(label=_("Sent"))

    def __init__(self, data: Any = None, *, row: Notification) -> None:
        initial = {"sent_at": timezone.localtime(), "edit_version": row.edit_version}
        super().__init__(data, initial=initial)
