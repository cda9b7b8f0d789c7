"""Forms for yearly plans, their activities and their findings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.core.ui.required import When
from kommissorium.registers.forms.rows import AreaRowForm
from kommissorium.registers.models.activities import Activity

PUT_FORWARD = When(_("the plan is put before the committee"))
PROMISED = ("planned_for", "responsible")  # what of an approved activity may change


class ActivityForm(AreaRowForm):
    """An activity; of an approved plan only when it is held and who answers for it."""

    own: tuple[str, ...] = ()  # the room's fields, which stand after the title

    def __init__(self, data: Any = None, *, row: Activity | None = None) -> None:
        whole = ("title", *self.own, "planned_for", "responsible", "criterion")
        self.names = PROMISED if row is not None and row.plan.is_approved else whole
        super().__init__(data, row=row)


def activity_form(model: type[Activity], own: tuple[str, ...]) -> type[ActivityForm]:
    """Return the form of a kind of activity that asks for nothing beside fields."""
    return type(f"{model.__name__}Form", (ActivityForm,), {"model": model, "own": own})


class PlanYearForm(PlainForm):
    """The year of a plan: this one or the next."""

    year = forms.TypedChoiceField(
        label=_("Which year is planned?"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, proposed: int) -> None:
        super().__init__(data, initial={"year": proposed})
        first = timezone.localdate().year
        self.fields["year"].choices = [(one, str(one)) for one in (first, first + 1)]  # type: ignore[attr-defined]


class CallOffForm(PlainForm):
    """Form for the reason why an activity is called off."""

    because = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 4}), max_length=1000)


class FindingForm(PlainForm):
    """Form for a finding, and for who does what about it by when."""

    text = forms.CharField(
        label=_("What was found"), widget=forms.Textarea({"rows": 4}), max_length=2000
    )
    title = forms.CharField(label=_("What is to be done about it"), max_length=200)
    due = forms.DateField(label=_("Due"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        due = self.fields.pop("due")
        self.fields["owner"] = PersonChoice(label=_("Who does it"))
        self.fields["due"] = due
        for field in self.fields.values():
            make_native(field)
