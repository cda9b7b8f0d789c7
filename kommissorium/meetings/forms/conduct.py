"""Forms used while a meeting is held, and when its minutes are sent and handed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.ui import localised
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.required import When, chosen
from kommissorium.meetings.models import Absence, Attendance, Dissent
from kommissorium.tasks.models import TITLE_LENGTH, Task

NOBODY = ("", _("Choose a person"))


class AttendanceForm(PlainForm):
    """Something about one of those who are present, chosen among rows fetched before."""

    attendance = forms.ChoiceField(
        label=_("Who"), error_messages={"required": _("Choose a person.")}
    )

    def __init__(self, *args: Any, offered: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.pk): one for one in offered}
        named = [(key, one.person.name) for key, one in self.offered.items()]
        self.fields["attendance"].choices = [NOBODY, *named]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        chosen = self.offered[self.cleaned_data["attendance"]]
        return {**self.cleaned_data, "attendance": chosen}


class AbsenceForm(AttendanceForm):
    """Form to note that somebody was away during an item."""

    ground = forms.ChoiceField(label=_("Why"), choices=Absence.Ground.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    throughout = forms.BooleanField(
        label=_("The same for the items before (came late) or after (left)"), required=False
    )


class DissentForm(AttendanceForm):
    """Form to note that somebody disagreed, or reserved their position."""

    kind = forms.ChoiceField(label=_("What"), choices=Dissent.Kind.choices)
    text = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class ItemTaskForm(PlainForm):
    """A task that is born at an item."""

    title = forms.CharField(label=_("What is to be done"), max_length=TITLE_LENGTH)
    owner = PersonChoice(
        label=_("Who is to do it"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )
    due = forms.DateField(label=_("Due"))


class ChosenTasksForm(PlainForm):
    """Form to choose which of the proposed tasks are for the coming quarter."""

    tasks = forms.MultipleChoiceField(
        label=_("Proposals"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, proposed: Iterable[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = {str(task.pk): task for task in proposed}
        named = [(key, _named(task)) for key, task in self.proposed.items()]
        self.fields["tasks"].choices = named  # type: ignore[attr-defined]

    def chosen(self) -> list[Task]:
        return [self.proposed[key] for key in self.cleaned_data["tasks"]]


class AdviceForm(PlainForm):
    """Form for an adviser's advice."""

    text = forms.CharField(
        label=_("Your advice"),
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The committee says what it did with the advice, and why if it decides else."),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SpokenAdviceForm(PlainForm):
    """Form for advice that an adviser gave orally at the meeting."""

    person = forms.ChoiceField(
        label=_("Adviser"), error_messages={"required": _("Choose a person.")}
    )
    text = forms.CharField(label=_("Advice"), max_length=5000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, advisers: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.advisers = {str(one.pk): one for one in advisers}
        named = [(key, one.name) for key, one in self.advisers.items()]
        self.fields["person"].choices = named  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "person": self.advisers[self.cleaned_data["person"]],
            "text": self.cleaned_data["text"],
        }


class AnswerForm(PlainForm):
    """Form to say whether the committee followed the advice."""

    FOLLOWED = (("yes", _("The advice was followed")), ("no", _("The advice was not followed")))

    followed = forms.ChoiceField(
        label=_("What did the committee do with it?"),
        choices=FOLLOWED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    because = forms.CharField(
        label=_("Why not?"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    required_when: Mapping[str, When] = {
        "because": When(_("the advice was not followed"), chosen("followed", "no"), _("Write why."))
    }


def _named(task: Task) -> str:
    return f"{task.title} ({task.owner.name}, {localised.day(task.due)})"


class ReviewForm(PlainForm):
    """Form for the deadline for comments by those present."""

    review_until = forms.DateField(label=_("Comments no later than"))


class CaseForm(PlainForm):
    """Form for the case number and KLE number a meeting is filed under."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    case_number = forms.CharField(
        label=_("Case number"),
        max_length=60,
        required=False,
        help_text=_("As your records system writes it."),
    )
    kle_number = forms.CharField(
        label=_("KLE number"),
        max_length=20,
        required=False,
        help_text=_("Three pairs of digits, such as 85.11.00. A facet, such as G01, can follow."),
    )
