"""What people fill in about tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, danish_order
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import PlainForm
from kommissorium.tasks.models import TITLE_LENGTH, WORD_LENGTH, Task
from kommissorium.tasks.quarters import quarter_name

if TYPE_CHECKING:
    PersonChoiceBase = forms.ModelChoiceField[Person]
    TasksChoiceBase = forms.ModelMultipleChoiceField[Task]
else:  # the real classes take no type
    PersonChoiceBase = forms.ModelChoiceField
    TasksChoiceBase = forms.ModelMultipleChoiceField

LONGEST_DESCRIPTION = 10_000


class PersonChoice(PersonChoiceBase):
    """Choose one of the people who are there."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.job_title}" if obj.job_title else obj.name


class TaskFields(PlainForm):
    """What a task is: what is to be done, by whom and when."""

    title = forms.CharField(label=_("What is to be done?"), max_length=TITLE_LENGTH)
    owner = PersonChoice(
        Person.objects.none(),
        label=_("Who is to do it?"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who is to do it.")},
    )
    due = forms.DateField(label=_("Due"))
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, kept: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["owner"], kept)


class GiveForm(TaskFields):
    """A new task. Offers the committees `by` follows."""

    committee = forms.ModelChoiceField(
        Committee.objects.none(),
        label=_("Committee"),
        required=False,
        empty_label=_("None"),
        help_text=_("Those who follow the committee can read the task."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Committee.objects.visible_to(by)
        self.fields["committee"].queryset = visible  # type: ignore[attr-defined]


class EditForm(TaskFields):
    """A task that was there before; two people never overwrite each other."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def values_of(task: Task) -> dict[str, Any]:
        """Return the task's values by form field."""
        names = ("title", "owner", "due", "description", "edit_version")
        return {name: getattr(task, name) for name in names}


class DoneForm(PlainForm):
    """What was done."""

    word = forms.CharField(
        label=_("What was done?"),
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A sentence is enough. It is what the committee reads."),
    )


class BecauseForm(PlainForm):
    """A reason."""

    because = forms.CharField(
        label=_("Why?"), max_length=WORD_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class DelegationForm(PlainForm):
    """Whom to ask to take a task over."""

    to = PersonChoice(
        Person.objects.none(),
        label=_("Who is to take it over?"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
        help_text=_("The task stays where it is until the person says yes."),
    )
    note = forms.CharField(
        label=_("A few words to go with it"),
        required=False,
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to"], without=task.owner_id)


class TasksChoice(TasksChoiceBase):
    """Choose several tasks; each is shown with its owner and its day."""

    def label_from_instance(self, obj: Task) -> str:
        return f"{obj.title} ({obj.owner.name}, {obj.due.day}.{obj.due.month}.{obj.due.year})"


class ChoiceForm(PlainForm):
    """Which tasks are a quarter's."""

    tasks = TasksChoice(
        Task.objects.none(),
        label=_("Open tasks of the committee"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one task.")},
    )

    def __init__(self, *args: Any, committee: Committee, quarter: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Task.objects.open().filter(committee=committee).select_related("owner")
        offered = offered.exclude(quarters__quarter=quarter).order_by("due", "pk")
        self.fields["tasks"].queryset = offered  # type: ignore[attr-defined]


class TaskFilter(PlainForm):
    """What the list of tasks is narrowed to. Nonsense in the address narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "class": "form-input"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Open")),
            ("overdue", _("Overdue")),
            ("done", _("Done")),
            ("dropped", _("Dropped")),
            ("all", _("All")),
        ],
        widget=forms.Select({"class": "form-select"}),
    )
    committee = forms.ChoiceField(
        label=_("Committee"), required=False, widget=forms.Select({"class": "form-select"})
    )
    quarter = forms.ChoiceField(
        label=_("Quarter"), required=False, widget=forms.Select({"class": "form-select"})
    )

    def __init__(
        self, data: Any, *, committees: Iterable[Committee], quarters: Iterable[date]
    ) -> None:
        super().__init__(data)
        self.committees = list(committees)
        if self.committees:
            named = [(str(one.pk), one.name) for one in self.committees]
            self._choose("committee", named)
            self._choose("quarter", [(str(one), quarter_name(one)) for one in quarters])
        else:  # nothing to tell apart
            del self.fields["committee"], self.fields["quarter"]
        self.full_clean()

    def wish(self, name: str) -> str:
        """Return what was wished for; "" for nothing or nonsense."""
        return str(self.cleaned_data.get(name, ""))

    @property
    def narrows(self) -> bool:
        return any(self.wish(name) for name in self.fields)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


def _offer(field: forms.Field, kept: Person | None = None, *, without: int | None = None) -> None:
    """Let a field choose among those who have not left, and whoever has the task already."""
    people = Person.objects.active()
    if kept is not None:
        people = people | Person.objects.filter(pk=kept.pk)
    ordered = people.exclude(pk=without).order_by(danish_order("name"), "pk")
    field.queryset = ordered  # type: ignore[attr-defined]
