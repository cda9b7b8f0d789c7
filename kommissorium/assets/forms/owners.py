"""Who is to own, from when; the lists of owners; and the rounds in which they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.forms.told import text_field
from kommissorium.assets.models import Area, Kind, RegisterSettings
from kommissorium.assets.models.areas import NAME_LENGTH
from kommissorium.assets.models.attestation import TITLE_LENGTH, WORD_LENGTH
from kommissorium.committees.models import Committee
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

    settlement = text_field(
        3,
        label=_("What was done"),
        help_text=_("The owner sees it, and it stands in the record of the round."),
        max_length=WORD_LENGTH,
    )


class CloseForm(PlainForm):
    """Remarks on the round as a whole."""

    conclusion = text_field(
        3,
        label=_("Conclusion"),
        help_text=_("For example why some did not answer, and what comes of it."),
        required=False,
        max_length=WORD_LENGTH,
    )


class AreaForm(PlainForm):
    """The name of an area and who heads it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("For example: Children and schools."),
    )

    def __init__(self, data: Any = None, *, area: Area | None = None) -> None:
        initial = {"name": area.name, "head": area.head} if area else {}
        super().__init__(data, initial=initial)
        self.fields["head"] = PersonChoice(
            kept=area.head if area else None,
            label=_("Head of the area"),
            required=False,
            empty_label=_("None"),
            help_text=_("Can read everything about the assets of the area."),
        )
        if area is not None:
            self.keep_version(area.edit_version)


class SettingsForm(PlainForm):
    """The committee whose year wheel is used, and the number of assets that is many."""

    committee = forms.ModelChoiceField(
        Committee.objects.order_by("pk"),
        label=_("Year wheel"),
        required=False,
        empty_label=_("The oldest committee's"),
        help_text=_(
            "The committee in whose year wheel reviews of documents, oversight of suppliers and "
            "owners' statements stand."
        ),
    )
    many_assets = forms.IntegerField(
        label=_("Show owners with at least this many assets"),
        min_value=2,
        max_value=1000,
        help_text=_(
            "Owners of so many systems, data sets and archives stand in a list of their own."
        ),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, settings: RegisterSettings) -> None:
        names = ("committee", "many_assets", "edit_version")
        super().__init__(data, initial={name: getattr(settings, name) for name in names})
