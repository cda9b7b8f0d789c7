"""What the list of assets is narrowed to, and the name it is kept under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kommissorium.assets.models import Area, Criticality, Kind, Lifecycle, PersonalData
from kommissorium.core.ui.forms import PlainForm

# In the address: what nobody has said, what has no area, and whatever personal data it holds.
UNSET, NO_AREA, ANY = "unset", "none", "any"
FLAGS: Final = ("without_owner", "left", "missing", "expired", "ended")
# Wishes behind "More filters"; the others always stand above the list.
FOLDED: Final = ("personal", "lifecycle", "supplier", "owner", *FLAGS)


class AssetFilter(PlainForm):
    """What the address asks for. Nonsense in it narrows nothing.

    `supplier` and `owner` take words of a name, or the key of a row as other pages link to it.
    """

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    criticality = forms.ChoiceField(
        label=_("Criticality"),
        choices=[
            ("", _("All")),
            *[(one.value, one.label) for one in Criticality if one.value],
            (UNSET, Criticality.UNSET.label),
        ],
        required=False,
    )
    personal = forms.ChoiceField(
        label=_("Personal data"),
        choices=[
            ("", _("All")),
            (ANY, _("Holds personal data")),
            *PersonalData.choices,
            (UNSET, _("Not stated")),
        ],
        required=False,
    )
    lifecycle = forms.ChoiceField(
        label=_("Lifecycle"),
        choices=[
            ("", _("All")),
            *[(one.value, one.label) for one in Lifecycle if one.value],
            (UNSET, Lifecycle.UNSET.label),
        ],
        required=False,
    )
    supplier = forms.CharField(label=_("Supplier"), required=False, max_length=200)
    owner = forms.CharField(
        label=pgettext_lazy("of an asset", "Owner"), required=False, max_length=200
    )
    without_owner = forms.BooleanField(label=_("Without owner"), required=False)
    left = forms.BooleanField(label=_("Owner has left"), required=False)
    missing = forms.BooleanField(label=_("Lacks documents"), required=False)
    expired = forms.BooleanField(label=_("Has expired documents"), required=False)
    ended = forms.BooleanField(label=_("Out of the register"), required=False)

    def __init__(self, data: Any, *, areas: Iterable[Area]) -> None:
        super().__init__(data)
        self.areas = {area.pk: area for area in areas}
        named = [(str(area.pk), area.name) for area in self.areas.values() if not area.closed_on]
        offered = [("", _("All")), *named, (NO_AREA, _("No area"))]
        self.fields["area"].choices = offered  # type: ignore[attr-defined]
        self.full_clean()

    def show(self, name: str, text: str) -> None:
        """Let the key of a row stand in its field as what the row is called."""
        self.data = {**dict(self.data.items()), name: text}

    def wish(self, name: str) -> str:
        """Return what was wished for; "" for nothing or nonsense."""
        wish = self.cleaned_data.get(name, "")
        return str(wish or "").strip()

    @property
    def narrows(self) -> bool:
        """Return whether anything but the kind is asked for."""
        return any(self.wish(name) for name in self.fields if name != "kind")

    @property
    def is_unfolded(self) -> bool:
        """Return whether one of the folded wishes is asked for."""
        return any(self.wish(name) for name in FOLDED)

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self["area"], self["criticality"]]

    @property
    def chosen(self) -> list[forms.BoundField]:
        return [self["personal"], self["lifecycle"]]

    @property
    def written(self) -> list[forms.BoundField]:
        return [self["supplier"], self["owner"]]

    @property
    def flags(self) -> list[tuple[forms.BoundField, bool]]:
        return [(self[name], bool(self.wish(name))) for name in FLAGS]


class SavedFilterForm(PlainForm):
    """What a list is to be called."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=80,
        error_messages={"required": _("Give the list a name.")},
    )
