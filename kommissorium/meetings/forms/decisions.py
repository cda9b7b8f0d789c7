"""Filters of the register of decisions, and the form for the chair's decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.committees.models import Committee
from kommissorium.core.ui.forms import (
    NOT_NARROWED,
    FilterForm,
    PlainForm,
    RichTextField,
    choice_field,
    words_field,
)
from kommissorium.core.ui.required import When
from kommissorium.meetings.actions.decisions import CHAIRS_OUTCOMES, not_declared
from kommissorium.meetings.forms.closing import CLOSED, ClosingGroundField
from kommissorium.meetings.forms.weighing import NAMES, weighing_fields, weighing_lines
from kommissorium.meetings.models import Outcome, Weighing

# As the page shows them, so that the summary of errors follows the page.
FORM_ORDER = (
    "title",
    "text",
    "outcome",
    "why_now",
    "chair_absent_because",
    "is_impartial",
    *NAMES,
    "is_closed",
    "closed_ground",
    "task_title",
    "task_owner",
    "task_due",
)
COMMITTEE, BETWEEN = "committee", "between"
CAPACITIES = [
    NOT_NARROWED,
    (COMMITTEE, _("The committee")),
    (BETWEEN, _("The chair between meetings")),
]


class DecisionFilter(FilterForm):
    """Filter of the register of decisions. Nonsense in the address is ignored.

    A choice that would have one possibility alone is not offered.
    """

    q = words_field()
    committee = choice_field(_("Committee"))
    year = choice_field(_("Year"))
    outcome = choice_field(_("Outcome"), [NOT_NARROWED, *Outcome.choices])
    capacity = choice_field(_("Decided by"), CAPACITIES)
    subject = choice_field(_("About"))

    def __init__(
        self,
        data: Any,
        *,
        committees: Iterable[Committee],
        years: Iterable[int],
        subjects: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self._choose("committee", [(str(one.pk), one.name) for one in committees], least=2)
        self._choose("year", [(str(year), str(year)) for year in years], least=2)
        self._choose("subject", list(subjects), least=1)

    def _choose(self, name: str, choices: list[tuple[str, str]], *, least: int) -> None:
        if len(choices) < least:
            del self.fields[name]
            return
        self.offer(name, choices)


class ChairDecisionForm(PlainForm):
    """A decision between meetings: five questions, and the rest folded away.

    `is_deputy` asks why the chair cannot decide. `outcome` is what was chosen before the form was
    opened; without it nothing is chosen. The weighing is optional, and whole; so is a task.
    """

    FOLDED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "weighing": NAMES,
        "who_reads": ("is_closed", "closed_ground"),
        "task": ("task_title", "task_owner", "task_due"),
    }

    title = forms.CharField(
        label=_("What is the decision about?"),
        max_length=200,
        error_messages={"required": _("Say in a few words what the decision is about.")},
    )
    text = RichTextField(label=_("What is decided?"))
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(one.value, one.label) for one in CHAIRS_OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    why_now = forms.CharField(
        label=_("Why it could not wait for the next meeting"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write why.")},
    )
    chair_absent_because = forms.CharField(
        label=_("Why the chair could not decide"),
        max_length=300,
        error_messages={"required": _("Write why.")},
    )
    is_impartial = forms.BooleanField(
        label=_("I am not disqualified in this matter"),
        help_text=_(
            "Neither you nor anybody close to you has a personal or financial interest in it "
            "(Public Administration Act § 3). If in doubt, leave it to another."
        ),
    )
    is_closed = forms.BooleanField(
        label=_("Closed decision"),
        help_text=_("Only those the committee names can read it."),
        required=False,
    )
    closed_ground = ClosingGroundField()
    required_when: Mapping[str, When] = {
        "closed_ground": CLOSED,
        **dict.fromkeys(Weighing.ASPECTS, When(_("the decision is weighed"))),
        **dict.fromkeys(FOLDED["task"], When(_("there is to be a task"))),
    }
    task_title = forms.CharField(label=_("What is to be done"), max_length=200, required=False)
    task_owner = PersonChoice(
        label=_("Who is to do it"),
        empty_label=_("Choose a person"),
        required=False,
    )
    task_due = forms.DateField(label=_("Due"), required=False)

    def __init__(self, *args: Any, is_deputy: bool, outcome: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outcome:
            self.fields["outcome"].widget = forms.HiddenInput()
            self.initial["outcome"] = outcome
        self.fields.update(weighing_fields())
        self.fields["is_impartial"].error_messages["required"] = not_declared()
        self.order_fields(FORM_ORDER)
        if not is_deputy:
            del self.fields["chair_absent_because"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self._ask_whole(
            {
                "task_title": gettext("Must be filled in."),
                "task_owner": gettext("Choose a person."),
                "task_due": gettext("Must be filled in."),
            },
        )
        if any(values.get(name) for name in self.FOLDED["weighing"]):
            chips = dict.fromkeys(Weighing.ASPECTS, gettext("Choose one of the options."))
            self._ask_whole(chips, is_begun=True)
        return values

    def opened(self) -> list[str]:
        """Return which of what is folded away stands open: something is said in it, or wrong."""
        return [
            part
            for part, names in self.FOLDED.items()
            if self.is_bound and any(self[name].data or self[name].errors for name in names)
        ]

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in NAMES}
        return {**rest, "weighing": {name: self.cleaned_data[name] for name in NAMES}}

    def weighings(self) -> Sequence[tuple[Any, Any]]:
        """Return the fields of each aspect: its chips and the reason for them."""
        return weighing_lines(self)

    def _ask_whole(self, wanted: Mapping[str, str], *, is_begun: bool = False) -> None:
        """Ask for the rest of what hangs together, where some of it is said."""
        if is_begun or any(self.cleaned_data.get(name) for name in wanted):
            for name, sentence in wanted.items():
                if not self.cleaned_data.get(name):
                    self._ask(name, sentence)

    def _ask(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)
