"""Forms about information and teaching."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.awareness.models import (
    AwarenessActivity,
    Completion,
    GroupFigures,
    Sort,
)
from kommissorium.core.ui.forms import make_native
from kommissorium.registers.forms.rows import AreaRowForm
from kommissorium.registers.forms.uploads import SheetForm

NUMBERS = {
    Sort.CAMPAIGN: ("people", "done"),
    Sort.COURSE: ("people", "done"),
    Sort.PHISHING: ("people", "clicked", "gave_data", "reported"),
}


class FiguresForm(AreaRowForm):
    """The figures of one group. They replace those written before."""

    model = GroupFigures

    def __init__(self, data: Any = None, *, activity: AwarenessActivity) -> None:
        self.names = ("area", "audience", *NUMBERS[Sort(activity.sort)])
        super().__init__(data)
        self.fields["audience"].initial = activity.audience
        self.fields["people"].help_text = _("0 removes the figures of the group.")


class CompletionForm(AreaRowForm):
    """The person who took a course, and when."""

    model = Completion
    names = ("audience", "area", "done_on")

    def __init__(self, data: Any = None, *, activity: AwarenessActivity) -> None:
        super().__init__(data)
        self.fields = {"person": PersonChoice(label=_("Who took it")), **self.fields}
        self.fields["audience"].initial = activity.audience
        self.fields["done_on"].required = True
        make_native(self.fields["person"])

    def values(self) -> dict[str, Any]:
        return {"person": self.cleaned_data["person"], **super().values()}


class CourseForm(SheetForm):
    """A list from the learning system, and the course it is of."""

    activity: Any = forms.ModelChoiceField(
        AwarenessActivity.objects.none(),
        label=_("Which course is it of?"),
        required=False,
        empty_label=_("The newest one"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = AwarenessActivity.objects.approved().filter(sort=Sort.COURSE, called_off_at=None)
        field: Any = self.fields["activity"]
        field.queryset = found.order_by("-planned_for", "-pk")
        make_native(field)
