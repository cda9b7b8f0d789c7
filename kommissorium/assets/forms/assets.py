"""Put an asset into the register, import, change, take it out, and relate it to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.facts import Group
from kommissorium.assets.forms.fields import field_for
from kommissorium.assets.forms.told import text_field
from kommissorium.assets.map import BACKWARDS
from kommissorium.assets.models import Agreement, Area, Asset, Kind, Relation, Role, Supplier
from kommissorium.core.ui.forms import PlainForm, RowsField, make_native
from kommissorium.registers.forms.uploads import SheetForm

MANY = ("used_by", "agreements")
MOST_DIGITS = 18


@dataclass(frozen=True)
class Section:
    """A group of the form as it is shown."""

    group: Group
    fields: list[BoundField]

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


class AssetForm(PlainForm):
    """The fields of some groups, for a new asset or an existing one.

    `owners` are the roles that a new one is asked about.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        groups: Sequence[Group],
        person: Person,
        asset: Asset | None,
        owners: Sequence[str] = (),
    ) -> None:
        self.groups, self.asset, self.roles = groups, asset, owners
        names = [name for group in groups for name in group.fields]
        if asset is None:  # a new one has no supplier yet whose agreements could be offered
            names = [name for name in names if name != "agreements"]
        super().__init__(data, initial=_initial(asset, names) if asset else {})
        for name in names:
            self.fields[name] = field_for(name)
            make_native(self.fields[name])
        if asset is not None:
            self.keep_version(asset.edit_version)
        for role in owners:
            label, empty = Role(role).label, _("Nobody yet")
            self.fields[role] = PersonChoice(label=label, empty_label=empty, required=False)
            make_native(self.fields[role])
        self._offer(person)

    def sections(self) -> list[Section]:
        """Return the groups with their fields."""
        return [
            Section(group, [self[name] for name in group.fields if name in self.fields])
            for group in self.groups
        ]

    def values(self) -> dict[str, Any]:
        """Return the values filled in, by field."""
        other = {"edit_version", *self.roles}
        return {key: value for key, value in self.cleaned_data.items() if key not in other}

    def owners(self) -> dict[str, Person]:
        """Return the person for each role."""
        return {role: who for role in self.roles if (who := self.cleaned_data[role])}

    def owner_fields(self) -> list[BoundField]:
        """Return the fields that ask for the person of each role."""
        return [self[role] for role in self.roles]

    def _offer(self, person: Person) -> None:
        if "area" in self.fields or "used_by" in self.fields:
            self._offer_areas()
        if "supplier" in self.fields:
            shown = Supplier.objects.visible_to(person).in_use()
            kept = self.asset.supplier_id if self.asset else None
            rows = Supplier.objects.filter(pk__in=shown.values("pk"))
            rows = rows | Supplier.objects.filter(pk=kept or 0)
            self.fields["supplier"].queryset = rows.order_by(danish_order("name"))  # type: ignore[attr-defined]
        if "agreements" in self.fields:
            self._offer_agreements(person)

    def _offer_areas(self) -> None:
        rows = Area.objects.in_use()
        if self.asset is not None:
            rows = rows | Area.objects.filter(pk=self.asset.area_id or 0)
        rows = rows.order_by(danish_order("name"))
        if "area" in self.fields:
            self.fields["area"].queryset = rows  # type: ignore[attr-defined]
        field = self.fields.get("used_by")
        if isinstance(field, RowsField):
            closed = [row for row in self.initial.get("used_by_rows", ()) if row.closed_on]
            field.offer([*rows, *(row for row in closed if row not in rows)])

    def _offer_agreements(self, person: Person) -> None:
        """Offer the agreements of the chosen supplier; without any there is nothing to show."""
        key = str(self["supplier"].value() or "")
        rows: list[Agreement] = []
        if key.isdecimal() and len(key) <= MOST_DIGITS:
            attached = self.initial.get("agreements", ())
            of_supplier = Agreement.objects.visible_to(person).filter(supplier=int(key))
            rows = [one for one in of_supplier if one.ended_on is None or one.pk in attached]
        field = self.fields["agreements"]
        if isinstance(field, RowsField):
            field.offer(rows)
        if not rows:
            field.widget = forms.MultipleHiddenInput()


def _initial(asset: Asset, names: Sequence[str]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(asset, name)
        if name == "used_by":
            found["used_by_rows"] = list(value.all())
            found[name] = [row.pk for row in found["used_by_rows"]]
        elif name == "agreements":
            found[name] = list(value.values_list("pk", flat=True))
        elif name == "personal_data":
            found[name] = asset.personal_data_kinds
        else:
            found[name] = value
    return found


class EndForm(PlainForm):
    """The reason and the day for taking an asset out of the register."""

    because = text_field(
        4,
        label=_("Why"),
        max_length=1000,
        help_text=_("For example: The contract has expired and data are deleted."),
    )
    on = forms.DateField(label=_("Out of the register from"), initial=timezone.localdate)


BACK = "-back"


class RelationForm(PlainForm):
    """The relation, and the other of the two among those that were searched for."""

    kind = forms.ChoiceField(label=_("What it has to do with it"), widget=forms.RadioSelect)
    other = forms.ChoiceField(
        label=_("The other"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of those found, or search again."),
            "invalid_choice": _("Choose one of those found, or search again."),
        },
    )

    def __init__(self, data: Any = None, *, asset: Asset, found: Sequence[Asset]) -> None:
        super().__init__(data)
        self.found = {str(one.pk): one for one in found}
        choices = [
            (code + back, f"{asset.name} {words} …")
            for kind, label in Relation.Kind.choices
            for code, back, words in ((kind, "", label), (kind, BACK, BACKWARDS[kind]))
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.name} ({one.get_kind_display()})") for key, one in self.found.items()
        ]

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        kind: str = self.cleaned_data["kind"]
        return {
            "kind": kind.removesuffix(BACK),
            "backwards": kind.endswith(BACK),
            "other": self.found[self.cleaned_data["other"]],
        }


class KindForm(SheetForm):
    """A sheet, and the kind of its rows."""

    kind = forms.ChoiceField(
        label=_("What stands in the file?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.SYSTEM,
        error_messages={"required": _("Choose one of the options.")},
    )
