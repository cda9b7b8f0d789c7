"""Who is to own, from when; the lists of owners; and the rounds in which they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.models import Area, Kind
from kommissorium.assets.models.attestation import TITLE_LENGTH, WORD_LENGTH
from kommissorium.core.ui.forms import (
    NOT_NARROWED,
    FilterForm,
    PlainForm,
    choice_field,
    words_field,
)

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


class RoundForm(PlainForm):
    """The title of a round, and the day answers are due."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    due = forms.DateField(label=_("Answers by"))


class RoundChangeForm(RoundForm):
    """The same for a round that is open."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)


class SettleForm(PlainForm):
    """The coordinator's note of what was done about an answer."""

    settlement = forms.CharField(
        label=_("What was done"),
        help_text=_("The owner sees it, and it stands in the record of the round."),
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class CloseForm(PlainForm):
    """Remarks on the round as a whole."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        help_text=_("For example why some did not answer, and what comes of it."),
        required=False,
        max_length=WORD_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
