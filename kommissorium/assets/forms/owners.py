"""Who is to own, from when; and what the lists of owners are narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.choices import PersonChoice
from kommissorium.assets.models import Area, Kind
from kommissorium.core.ui.forms import PlainForm

NO_AREA = "none"
CHOOSE: dict[str, Any] = {
    "empty_label": _("Choose a person"),
    "error_messages": {"required": _("Choose a person.")},
}


class AppointForm(PlainForm):
    """Who is to have a role, and from which day."""

    person = PersonChoice(label=_("New owner"), **CHOOSE)
    from_date = forms.DateField(
        label=_("From"),
        initial=timezone.localdate,
        help_text=_("Whoever had it before has it until the day before."),
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["person"].label = label


class HandOverForm(AppointForm):
    """The same for many at once; `chosen` holds their keys between commas."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class ReleaseForm(PlainForm):
    """The last day somebody has a role."""

    to_date = forms.DateField(
        label=_("Last day"),
        initial=timezone.localdate,
        help_text=_("From the day after nobody has the role."),
    )


class OwnerFilter(PlainForm):
    """What a list is narrowed to. Nonsense in the address narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "class": "form-input"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *Kind.choices],
        widget=forms.Select({"class": "form-select"}),
    )
    area = forms.ChoiceField(
        label=_("Area"), required=False, widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, data: Any, *, areas: Sequence[Area]) -> None:
        super().__init__(data)
        found = [(str(area.pk), area.name) for area in areas]
        choices = [("", _("All")), *found, (NO_AREA, _("No area"))]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]
        self.full_clean()

    def wish(self, name: str) -> str:
        """Return what was wished for; "" for nothing, and for what makes no sense."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def narrows(self) -> bool:
        return any(self.wish(name) for name in self.fields)


class DayForm(PlainForm):
    """The day whose figures are wanted."""

    on = forms.DateField(label=_("On the day"), required=False)
