"""What is filled in about notifications, and about when an incident was known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Answer
from kommissorium.core.ui.forms import PlainForm, VersionField
from kommissorium.incidents.forms.fields import MomentField
from kommissorium.incidents.models import Notification
from kommissorium.incidents.models.incidents import TEXT_LENGTH
from kommissorium.registers.forms.rows import RowForm


class AwarenessForm(PlainForm):
    """Another moment since when it is known, and why."""

    at = MomentField(label=_("Known since"))
    because = forms.CharField(
        label=_("Reason"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 4})
    )


class WordForm(PlainForm):
    """The data protection officer's word on another moment."""

    agreed = forms.ChoiceField(
        label=_("Does the other moment count?"),
        choices=[(Answer.YES, _("Yes")), (Answer.NO, _("No"))],
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=_("Why"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 4})
    )

    def values(self) -> dict[str, Any]:
        return {
            "agreed": self.cleaned_data["agreed"] == Answer.YES,
            "word": self.cleaned_data["word"],
        }


class NeedForm(PlainForm):
    """Whether a notification is to be sent."""

    edit_version = VersionField()
    needed = forms.ChoiceField(
        label=_("Is it to be sent?"),
        choices=[(Answer.YES, _("Yes")), (Answer.NO, _("No"))],
        widget=forms.RadioSelect,
    )
    exception = forms.ChoiceField(label=_("Exception"), required=False)
    because = forms.CharField(
        label=_("Reason"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, data: Any = None, *, notification: Notification) -> None:
        names = ("needed", "because", "exception", "edit_version")
        super().__init__(data, initial={name: getattr(notification, name) for name in names})
        if notification.rule.usual_no:
            self.fields["because"].help_text = notification.rule.usual_no
        if notification.rule.exceptions:
            rows = [(one.name, str(one)) for one in notification.rule.exceptions]
            self.fields["exception"].choices = [("", _("None")), *rows]  # type: ignore[attr-defined]
        else:
            del self.fields["exception"]


class AdviceForm(RowForm):
    """The data protection officer's advice."""

    model = Notification
    names = ("advice",)


class DraftForm(RowForm):
    """The text that is to be sent; of an early warning two answers beside it."""

    model = Notification
    names: tuple[str, ...] = ("text",)

    def __init__(self, data: Any = None, *, notification: Notification) -> None:
        if notification.rule.is_warning:
            self.names = ("is_malicious", "crosses_borders", "text")
        super().__init__(data, row=notification)
        self.fields["text"].widget.attrs["rows"] = 18


class SentForm(RowForm):
    """That it was sent: when, the receipt, and what the law wants to know of it."""

    model = Notification
    names: tuple[str, ...] = ("receipt", "late_because", "more_follows")

    def __init__(self, data: Any = None, *, notification: Notification) -> None:
        if notification.code != "gdpr_33":
            self.names = ("receipt", "late_because")
        if not notification.due_at:
            self.names = ("receipt", "how", "how_many")
        super().__init__(data, row=notification)
        self.fields["sent_at"] = MomentField(label=_("Sent at"), initial=timezone.localtime())
        self.order_fields(["sent_at"])


class StatusForm(PlainForm):
    """When a status was sent in the place of the final report."""

    edit_version = VersionField()
    sent_at = MomentField(label=_("Sent at"))

    def __init__(self, data: Any = None, *, notification: Notification) -> None:
        initial = {"sent_at": timezone.localtime(), "edit_version": notification.edit_version}
        super().__init__(data, initial=initial)
