"""Forms for owners: appoint, hand over and release; and the filters of the list of owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.models import Area, Kind
from kommissorium.core.ui.filters import NOT_NARROWED, FilterForm, choice_field, words_field
from kommissorium.core.ui.forms import PlainForm

NO_AREA = "none"
CHOOSE: dict[str, Any] = {
    "empty_label": _("Choose a person"),
    "error_messages": {"required": _("Choose a person.")},
}


class AppointForm(PlainForm):
    """The person who is to have a role, and the first day."""

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


class OwnerFilter(FilterForm):
    """Filters of a list of owners. Nonsense in the address narrows nothing."""

    q = words_field()
    kind = choice_field(_("Kind"), [NOT_NARROWED, *Kind.choices])
    area = choice_field(_("Area"))

    def __init__(self, data: Any, *, areas: Sequence[Area]) -> None:
        super().__init__(data)
        found = [(str(area.pk), area.name) for area in areas]
        self.offer("area", [*found, (NO_AREA, _("No area"))])
