"""What people fill in about plans of a year, their activities and what those showed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.registers.forms.rows import RowForm
from kommissorium.registers.models.activities import Activity, YearPlan

PROMISED = ("planned_for", "responsible")  # what of an approved activity may change


class PlanForm(RowForm):
    """The year of a plan of any kind, and what is wanted in it."""

    names = ("year", "statement")

    def __init__(self, data: Any = None, *, row: YearPlan) -> None:
        self.model = type(row)
        super().__init__(data, row=row)


class ActivityForm(RowForm):
    """An activity; of an approved plan only when it is held and who answers for it."""

    own: tuple[str, ...] = ()  # the room's fields, which stand after the title

    def __init__(self, data: Any = None, *, row: Activity | None = None) -> None:
        whole = ("title", *self.own, "planned_for", "responsible", "criterion")
        self.names = PROMISED if row is not None and row.plan.is_approved else whole
        super().__init__(data, row=row)


class HoldForm(RowForm):
    """When it was held and what came of it."""

    names: tuple[str, ...] = ("held_on", "outcome", "conclusion")


class CallOffForm(PlainForm):
    """Why an activity is called off."""

    because = forms.CharField(
        label=_("Why it is called off"), widget=forms.Textarea({"rows": 4}), max_length=1000
    )


class FindingForm(PlainForm):
    """What was found, and who does what about it by when."""

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
