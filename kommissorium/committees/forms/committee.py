"""Forms for a committee's name and its meeting habits."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import change_habits, found_committee
from kommissorium.committees.meeting_free_weeks import tidy_weeks
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import PlainForm

HABITS = (
    "name",
    "weekday",
    "start_time",
    "minutes",
    "place",
    "link",
    "avoided_weeks",
    "call_days",
    "review_days",
    "email",
    "invites_when_planned",
    "quorum",
    "auditors_see_closed",
    "edit_version",
)


class CommitteeForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the committee"),
        max_length=120,
        help_text=gettext_lazy("For example: The information security committee."),
    )

    def save(self, *, by: Person) -> Committee:
        return found_committee(name=self.cleaned_data["name"], by=by)


class HabitsForm(PlainForm):
    """The habits fill in the dates of the meetings that are planned later."""

    name = forms.CharField(label=gettext_lazy("Name of the committee"), max_length=120)
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Usual weekday"), coerce=int, choices=Committee.WEEKDAYS
    )
    start_time = forms.TimeField(label=gettext_lazy("Usual start"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Usual length in minutes"), min_value=15, max_value=600
    )
    place = forms.CharField(label=gettext_lazy("Usual place"), max_length=200, required=False)
    link = forms.URLField(
        label=gettext_lazy("Usual video link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("The address people press to join by video."),
    )
    avoided_weeks = forms.CharField(
        label=gettext_lazy("Weeks without meetings"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Proposals for meetings avoid these weeks. Write week numbers, for example "
            "7-8, 28-32, 42."
        ),
    )
    call_days = forms.IntegerField(
        label=gettext_lazy("Working days from call to meeting"),
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("The agenda goes out no later than this many working days before."),
    )
    review_days = forms.IntegerField(
        label=gettext_lazy("Days to comment on minutes"), min_value=1, max_value=60
    )
    email = forms.EmailField(
        label=gettext_lazy("The committee's own e-mail"),
        required=False,
        help_text=gettext_lazy(
            "Stands as organiser of the calendar invitations. Answers in people's calendars go "
            "there. Left empty, the program's own address stands."
        ),
    )
    invites_when_planned = forms.BooleanField(
        label=gettext_lazy("Send calendar invitations as soon as a meeting is planned"),
        required=False,
        help_text=gettext_lazy("Otherwise they go out with the call."),
    )
    quorum = forms.IntegerField(
        label=gettext_lazy("Quorum"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy(
            "How many members must be present to decide. Leave it empty when the mandate says "
            "nothing of it."
        ),
    )
    auditors_see_closed = forms.BooleanField(
        label=gettext_lazy("Auditors see closed items"), required=False
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, committee: Committee) -> HabitsForm:
        """Return the form filled with the committee's present values."""
        return cls(initial={name: getattr(committee, name) for name in HABITS})

    def clean_avoided_weeks(self) -> str:
        try:
            return tidy_weeks(self.cleaned_data["avoided_weeks"])
        except ValueError as error:
            message = _(
                "“%(part)s” names no weeks of a year. Write week numbers with a comma between "
                "them, for example 7-8, 28-32, 42."
            )
            raise forms.ValidationError(message % {"part": error.args[0]}) from error

    def save(self, committee: Committee, *, by: Person) -> None:
        change_habits(committee, by=by, **{name: self.cleaned_data[name] for name in HABITS})
