"""Forms for a committee, how it meets, its seats, and who takes and leaves them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.committees.actions.committee import change_habits, found_committee
from kommissorium.committees.actions.seat_nominations import take_or_ask
from kommissorium.committees.actions.seats import (
    add_seat,
    end_seat,
    leave_seat,
    rename_seat,
)
from kommissorium.committees.forms.widgets import DayField
from kommissorium.committees.meeting_free_weeks import tidy_weeks
from kommissorium.committees.models import Clause, Committee, Holding, Seat
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.core.backdating import AtOnceField, BackdatingField
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import PlainForm, label_of
from kommissorium.core.word_search import is_named

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
        label=label_of(Committee, "weekday"), coerce=int, choices=Committee.WEEKDAYS
    )
    start_time = forms.TimeField(label=label_of(Committee, "start_time"))
    minutes = forms.IntegerField(label=label_of(Committee, "minutes"), min_value=15, max_value=600)
    place = forms.CharField(label=label_of(Committee, "place"), max_length=200, required=False)
    link = forms.URLField(
        label=label_of(Committee, "link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("The address people press to join by video."),
    )
    avoided_weeks = forms.CharField(
        label=label_of(Committee, "avoided_weeks"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Proposals for meetings avoid these weeks. Write week numbers, for example "
            "7-8, 28-32, 42."
        ),
    )
    call_days = forms.IntegerField(
        label=label_of(Committee, "call_days"),
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("The agenda goes out no later than this many working days before."),
    )
    review_days = forms.IntegerField(
        label=label_of(Committee, "review_days"), min_value=1, max_value=60
    )
    email = forms.EmailField(
        label=label_of(Committee, "email"),
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
        label=label_of(Committee, "quorum"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy(
            "How many members must be present to decide. Leave it empty when the mandate says "
            "nothing of it."
        ),
    )
    auditors_see_closed = forms.BooleanField(
        label=label_of(Committee, "auditors_see_closed"), required=False
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


class SeatForm(PlainForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Clause.Role.choices)
    function = forms.CharField(
        label=gettext_lazy("Function"),
        max_length=200,
        help_text=gettext_lazy("The job that gives the seat, for example: Head of IT."),
    )
    from_date = DayField(label=gettext_lazy("The seat exists from"), initial=timezone.localdate)

    def save(self, committee: Committee, *, by: Person) -> Seat:
        return add_seat(committee, by=by, **self.cleaned_data)


class RenameSeatForm(PlainForm):
    function = forms.CharField(
        label=gettext_lazy("Function"),
        max_length=200,
        help_text=gettext_lazy("The job that gives the seat, for example: Head of IT."),
    )

    def save(self, seat: Seat, *, by: Person) -> None:
        rename_seat(seat, by=by, function=self.cleaned_data["function"])


class EndSeatForm(PlainForm):
    to_date = DayField(label=gettext_lazy("Last day of the seat"), initial=timezone.localdate)
    at_once = AtOnceField()
    because = BackdatingField()

    def save(self, seat: Seat, *, by: Person) -> None:
        end_seat(seat, by=by, **self.cleaned_data)


class LeaveSeatForm(PlainForm):
    to_date = DayField(label=gettext_lazy("Last day in the seat"), initial=timezone.localdate)
    at_once = AtOnceField()
    because = BackdatingField()

    def save(self, holding: Holding, *, by: Person) -> None:
        leave_seat(holding, by=by, **self.cleaned_data)


class DayForm(PlainForm):
    """Ask for the committee as it was on a date."""

    on = DayField(label=gettext_lazy("Show who sat on"))

    @property
    def day(self) -> date | None:
        """Return the date asked for; None when none was, or none that exists."""
        found: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return found


class SeatHolderForm(PlainForm):
    """Choose somebody who is known, or name somebody new; one of the two."""

    person = PersonChoice(
        label=gettext_lazy("Person"),
        error_messages={"required": gettext_lazy("Choose a person, or write a name below.")},
        empty_label=gettext_lazy("Choose a person"),
    )
    new_name = forms.CharField(
        label=gettext_lazy("Name of the new person"), max_length=120, required=False
    )
    new_email = forms.EmailField(
        label=gettext_lazy("E-mail of the new person"),
        required=False,
        help_text=gettext_lazy("Needed for signing in. It can be added later."),
    )
    from_date = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    at_once = AtOnceField()
    because = BackdatingField()
    capacity = forms.ChoiceField(choices=Holding.Capacity.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not Person.can_be_kept_by(by):
            del self.fields["new_name"], self.fields["new_email"]
            self.fields["person"].error_messages["required"] = _("Choose a person.")
            self.fields["person"].help_text = _(
                "Somebody missing? Ask the information security coordinator to add the person."
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        new_name, person = values.get("new_name"), values.get("person")
        if values.get("new_email") and not new_name and not person:
            self.add_error("new_name", _("Write the name that belongs to the e-mail."))
        if (new_name or values.get("new_email")) and self.has_error("person", "required"):
            del self.errors["person"]  # the other half of the form says who
        if person and new_name:
            self.add_error("new_name", _("Choose a person or write a name, not both."))
        elif new_name and not values.get("new_email"):
            self._refuse_namesake(new_name)
        return values

    def _refuse_namesake(self, name: str) -> None:
        if Person.objects.active().filter(is_named(name)).exists():
            message = _(
                "%(name)s is on the list above. Choose the name there, or write an e-mail if "
                "this is somebody else."
            )
            self.add_error("new_name", ValidationError(message % {"name": name}))

    @transaction.atomic
    def save(self, seat: Seat) -> Holding | SeatNomination:
        """Seat the person, or ask for the second yes; somebody new is added first."""
        values = self.cleaned_data
        return take_or_ask(
            seat,
            by=self.by,
            person=values.get("person") or self._new_person(),
            from_date=values["from_date"],
            capacity=values["capacity"],
            because=values["because"],
        )

    def _new_person(self) -> Person:
        values = self.cleaned_data
        try:
            return add_person(by=self.by, name=values["new_name"], email=values["new_email"])
        except Refused as refused:
            fields = {f"new_{name}": text for name, text in refused.errors.items()}
            raise Refused(**fields) from refused
