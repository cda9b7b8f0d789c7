"""Forms of tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice, offer_people, people_to_choose
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import FilterForm, PlainForm, choice_field, words_field
from kommissorium.tasks.models import TITLE_LENGTH, WORD_LENGTH, Task
from kommissorium.tasks.quarters import quarter_name

if TYPE_CHECKING:
    TasksChoiceBase = forms.ModelMultipleChoiceField[Task]
else:  # the real class takes no type
    TasksChoiceBase = forms.ModelMultipleChoiceField

LONGEST_DESCRIPTION = 10_000


class TaskFields(PlainForm):
    """Fields of a task: what is to be done, by whom and when."""

    title = forms.CharField(label=_("What is to be done"), max_length=TITLE_LENGTH)
    owner = PersonChoice(
        label=_("Who is to do it"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
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
        if kept is not None:
            offer_people(self.fields["owner"], people_to_choose(kept))


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
    """Form to say what was done."""

    word = forms.CharField(
        label=_("What was done"),
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A sentence is enough. It is what the committee reads."),
    )


class BecauseForm(PlainForm):
    """A reason."""

    because = forms.CharField(
        label=_("Why"), max_length=WORD_LENGTH, widget=forms.Textarea({"rows": 3})
    )


class DelegationForm(PlainForm):
    """Form to ask somebody to take a task over."""

    to = PersonChoice(
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
        offer_people(self.fields["to"], people_to_choose().exclude(pk=task.owner_id))


class TasksChoice(TasksChoiceBase):
    """Choose several tasks; each is shown with its owner and its day."""

    def label_from_instance(self, obj: Task) -> str:
        return f"{obj.title} ({obj.owner.name}, {obj.due.day}.{obj.due.month}.{obj.due.year})"


class ChoiceForm(PlainForm):
    """Form to choose the tasks of a quarter."""

    tasks = TasksChoice(
        Task.objects.none(),
        label=_("Open tasks of the committee"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, committee: Committee, quarter: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Task.objects.open().filter(committee=committee).select_related("owner")
        offered = offered.exclude(quarters__quarter=quarter).order_by("due", "pk")
        self.fields["tasks"].queryset = offered  # type: ignore[attr-defined]


class TaskFilter(FilterForm):
    """Filter of the list of tasks. Nonsense in the address narrows nothing."""

    q = words_field()
    state = choice_field(
        _("State"),
        [
            ("", _("Open")),
            ("overdue", _("Overdue")),
            ("done", _("Done")),
            ("dropped", _("Dropped")),
            ("all", _("All")),
        ],
    )
    committee = choice_field(_("Committee"))
    quarter = choice_field(_("Quarter"))

    def __init__(
        self, data: Any, *, committees: Iterable[Committee], quarters: Iterable[date]
    ) -> None:
        super().__init__(data)
        self.committees = list(committees)
        if self.committees:
            named = [(str(one.pk), one.name) for one in self.committees]
            self.offer("committee", named)
            self.offer("quarter", [(str(one), quarter_name(one)) for one in quarters])
        else:  # nothing to tell apart
            del self.fields["committee"], self.fields["quarter"]
