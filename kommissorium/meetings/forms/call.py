"""Forms to call a meeting, to answer, to invite guests, and for late items and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import danish_order
from kommissorium.accounts.person_choice import PersonChoice, offer_people
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import PlainForm
from kommissorium.meetings.entitled_people import guests_to_choose
from kommissorium.meetings.forms.agenda import FilesField, FilesInput, ItemForm
from kommissorium.meetings.models import Attendance, Meeting


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
        error_messages={"required": _("Write why.")},
    )


class LateItemForm(LateReason, ItemForm):
    """Form for an item that comes after the call."""

    edit_version = None  # type: ignore[assignment]
    is_recurring = None  # type: ignore[assignment]


class LateFileForm(LateReason):
    """Form for files that come after the call."""

    attachments = FilesField(
        label=_("Files"), help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB.")
    )


class WithdrawalForm(PlainForm):
    """Form for the reason why an item is withdrawn."""

    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The reason stands on the agenda."),
        error_messages={"required": _("Write why.")},
    )


class CallWithdrawalForm(PlainForm):
    """Form for the reason why a call is withdrawn."""

    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stands in the mail to those who were called."),
        error_messages={"required": _("Write why.")},
    )


ANSWERS = [choice for choice in Attendance.Answer.choices if choice[0]]
APOLOGY_HELP = _(
    "For those who do not come, or may come. Only the chair and those who prepare the "
    "meeting see it; it is not in the minutes. You need not give one, and write nothing "
    "about health."
)


class AnswerForm(PlainForm):
    """Form to answer an invitation; `deputy` is the name of whoever can stand in, "" for nobody."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    apology = forms.CharField(
        label=_("Comment"), help_text=APOLOGY_HELP, max_length=300, required=False
    )
    deputy = forms.BooleanField(required=False)

    def __init__(self, *args: Any, deputy: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if deputy:
            self.fields["deputy"].label = _("%(name)s stands in") % {"name": deputy}
            self.fields["deputy"].help_text = _("Only when apologies are sent.")
        else:
            del self.fields["deputy"]

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        wish = given.get("deputy") if given["answer"] == Attendance.Answer.DECLINED else None
        return {"answer": given["answer"], "apology": given["apology"], "deputy": wish}


class ApologyForm(PlainForm):
    """Form for a note on an apology, or on "may come", by the link in a mail. Names nobody."""

    apology = forms.CharField(
        label=_("Comment"), help_text=APOLOGY_HELP, max_length=300, required=False
    )
    deputy = forms.BooleanField(label=_("My deputy comes instead"), required=False)


class GuestForm(PlainForm):
    """Form to invite a guest."""

    person = PersonChoice(
        label=_("Who is to be a guest?"),
        help_text=_("Guests get time and place by mail, and no agenda."),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = guests_to_choose(meeting).order_by(danish_order("name"), "pk")
        offer_people(self.fields["person"], people)


class RepliesForm(PlainForm):
    """Calendar files with answers."""

    replies = FilesField(
        label=_("Calendar files"),
        help_text=_(
            "Save the answers from the mailbox as .msg, .eml or .ics files and choose them here."
        ),
        widget=FilesInput(attrs={"accept": ".ics,.eml,.msg,text/calendar,message/rfc822"}),
    )

    def clean_replies(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["replies"]
        if not files:
            raise ValidationError(_("Choose a file."))
        return files


class FeedForm(PlainForm):
    """Form to choose a calendar feed's meetings: one committee's, or all the person may follow."""

    ALL = "all"

    meetings = forms.ChoiceField(label=_("Which meetings?"))

    def __init__(self, *args: Any, committees: Iterable[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(committee.pk): committee for committee in committees}
        field = self.fields["meetings"]
        if isinstance(field, forms.ChoiceField):
            named = [(key, committee.name) for key, committee in self.by_key.items()]
            field.choices = [(self.ALL, _("All my committees")), *named]

    def committee(self) -> Committee | None:
        """Return the committee chosen; None for all."""
        return self.by_key.get(self.cleaned_data["meetings"])
