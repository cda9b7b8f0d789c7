"""Forms to call a meeting, and for late items and withdrawals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import PlainForm
from kommissorium.meetings.forms.agenda import FilesField, ItemForm


class CallForm(PlainForm):
    """Form to call a meeting; only a late call is asked why."""

    late_because = forms.CharField(
        label=_("Why is the call late?"),
        max_length=300,
        help_text=_("The reason is kept with the call."),
        error_messages={
            "required": _("The last day of the call has passed. Say why it is late."),
        },
    )

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_because"]


class LateReason(PlainForm):
    """Field for the reason why something comes after the call."""

    late_because = forms.CharField(
        label=_("Why does it come after the call?"),
        max_length=300,
        help_text=_("The reason stands on the agenda."),
        error_messages={"required": _("Say why it comes after the call.")},
    )


class LateItemForm(LateReason, ItemForm):
    """Form for an item that comes after the call."""

    edit_version = None  # type: ignore[assignment]
    is_recurring = None  # type: ignore[assignment]


class LateFileForm(LateReason):
    """Form for files that come after the call."""

    attachments = FilesField(
        label=_("Files"), help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB each.")
    )


class WithdrawalForm(PlainForm):
    """Form for the reason why an item is withdrawn."""

    because = forms.CharField(
        label=_("Why is the item withdrawn?"),
        max_length=300,
        help_text=_("The reason stands on the agenda."),
        error_messages={"required": _("Say why the item is withdrawn.")},
    )
