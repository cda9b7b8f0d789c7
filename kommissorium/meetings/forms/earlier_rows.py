"""The parts of the form for an earlier meeting: what is known of it, and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.committees.models import Clause
from kommissorium.core.ui.forms import PlainForm, RichTextField, RowsField, let_add
from kommissorium.core.ui.required import When
from kommissorium.meetings.actions.calendar import item_title
from kommissorium.meetings.actions.earlier_meetings import FIRST_DAY, EarlierItem
from kommissorium.meetings.forms.closing import CLOSED, ClosingGroundField
from kommissorium.meetings.models import Decision, Outcome, Weighing
from kommissorium.meetings.models.agenda import ANY_OTHER_BUSINESS

MOST_ROWS = 60
NONE_CHOSEN = [("", "–")]


class KnownForm(PlainForm):
    """Form for the details of an earlier meeting as a whole."""

    day = forms.DateField(label=_("Date"))
    start = forms.TimeField(label=_("From (if you know it)"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    own_number = forms.CharField(
        label=_("The meeting's own number"),
        max_length=40,
        required=False,
        help_text=_("What the committee called it then, for example 3/2025."),
    )
    file = forms.FileField(
        label=_("Minutes"),
        error_messages={"required": _("Choose a file.")},
        allow_empty_file=True,
        help_text=_("PDF or Word (.docx), up to 25 MB."),
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
    )
    kept_file = forms.CharField(required=False, widget=forms.HiddenInput)
    present = RowsField(
        label=_("Who was there?"), help_text=_("Leave it empty when you do not know.")
    )
    others_present = forms.CharField(
        label=_("Others who were there"), max_length=500, required=False
    )
    standing = RowsField(
        label=_("What did the agenda hold?"),
        help_text=_("The mandate's items. Those with a decision below need no tick."),
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day >= timezone.localdate():
            raise forms.ValidationError(
                gettext("Only a meeting that has been held can be registered.")
            )
        if day < FIRST_DAY:
            raise forms.ValidationError(gettext("Choose a day after 1989."))
        return day


class ItemRow(PlainForm):
    """One decision: an item of the mandate or a title, and what came of it."""

    clause = forms.ChoiceField(label=_("Clause of the mandate"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[*NONE_CHOSEN, *Outcome.choices],
        error_messages={"required": _("Choose one of the options.")},
    )
    text = RichTextField(label=_("Decision"), required=False, widget=forms.Textarea({"rows": 3}))
    is_closed = forms.BooleanField(label=_("Closed item"), required=False)
    closed_ground = ClosingGroundField()
    required_when: Mapping[str, When] = {"closed_ground": CLOSED}

    def __init__(self, *args: Any, clauses: Sequence[Clause] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in clauses}
        choices = [(key, item_title(one.text)) for key, one in self.by_key.items()]
        self.fields["clause"].choices = [*NONE_CHOSEN, *choices]  # type: ignore[attr-defined]
        for aspect in Weighing.ASPECTS:
            field = Decision.aspect(aspect)
            self.fields[aspect] = forms.ChoiceField(
                label=str(field.verbose_name),
                required=False,
                choices=[*NONE_CHOSEN, *field.flatchoices],
            )

    @property
    def weighings(self) -> list[Any]:
        return [self[aspect] for aspect in Weighing.ASPECTS]

    @property
    def is_weighed(self) -> bool:
        """Return whether one of the four is filled in, so that they stand open."""
        return any(field.value() or field.errors for field in self.weighings)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        clause = self.by_key.get(values.get("clause", ""))
        if not clause and not values.get("title"):
            self.add_error("title", gettext("Choose an item of the mandate, or write a title."))
        if clause and clause.measure == ANY_OTHER_BUSINESS:
            text = gettext("Nothing can be decided under any other business. Add an item.")
            self.add_error("clause", text)
        return values

    def item(self) -> EarlierItem:
        values = self.cleaned_data
        return EarlierItem(
            clause=self.by_key.get(values["clause"]),
            title=values["title"],
            outcome=values["outcome"],
            text=values["text"],
            is_closed=values["is_closed"],
            closed_ground=values["closed_ground"],
            weighing={aspect: values[aspect] for aspect in Weighing.ASPECTS},
        )


class TaskRow(PlainForm):
    """A task that was given at the meeting and is not done yet."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = PersonChoice(label=_("Who is to do it"), empty_label=_("Choose a person"))
    due = forms.DateField(label=_("Due"))

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_add(self, by)

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(gettext("That day is over. Choose today or a later day."))
        return due


class WithdrawalForm(PlainForm):
    """Form for the reason why a registration is taken back."""

    because = forms.CharField(label=_("Why"), max_length=300)


ItemRows = forms.formset_factory(ItemRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
TaskRows = forms.formset_factory(TaskRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
ROWS: Mapping[str, Any] = {"items": ItemRows, "tasks": TaskRows}
