"""Add assets, change them, take them out, and say what they have to do with each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.checking import checked, refuse_taken
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.actions.required_documents import follow_reviews, keep_required
from kommissorium.assets.models import Agreement, Asset, Ownership, Relation, Supplier
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

# Those of these that change move what documents an asset must have.
DECIDING = {"criticality", "personal_data", "lifecycle"}
SHOWN_ON_THE_WHEEL = {"name", "lifecycle"}
MANY = ("used_by", "agreements")


@transaction.atomic
def add_asset(
    *,
    by: Person,
    kind: str,
    values: Mapping[str, Any],
    owners: Mapping[str, Person] | None = None,
    registered_on: date | None = None,
) -> Asset:
    """Put an asset into the register. `values` are by field; those left out stay empty.

    `owners` are its first ones, by role. `registered_on` is today when not given. Raises Refused,
    by field, for what makes no sense, for a name that is missing, for a number another asset has,
    and as appoint does.
    """
    if not Asset.can_be_added_by(by):
        raise PermissionDenied
    fields, many = _parted(checked(kind, values, is_new=True))
    refuse_taken(kind, fields, by=by)
    _refuse_of_others(fields.get("supplier"), many)
    now, today = timezone.now(), timezone.localdate()
    if registered_on and registered_on > today:
        raise Refused(registered_on=_("The day has not come yet. Choose today or an earlier day."))
    asset = Asset.objects.create(
        kind=kind,
        registered_on=registered_on or today,
        created_at=now,
        changed_at=now,
        **fields,
    )
    for name, rows in many.items():
        getattr(asset, name).set(rows)
    keep_required([asset.pk])
    record("assets.asset_added", asset, by=by, facts={"kind": kind})
    for role, person in (owners or {}).items():
        appoint(asset, role, person, by=by, from_date=asset.registered_on)
    return asset


@transaction.atomic
def change_asset(
    asset: Asset, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> list[str]:
    """Change some fields; return the names of those that changed.

    With another supplier the agreements of the former one go. Raises Refused as add_asset does,
    and for an asset that has left the register; Conflict.
    """
    if asset.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))
    if not asset.can_be_changed_by(by):
        raise PermissionDenied
    fields, many = _parted(checked(asset.kind, values))
    refuse_taken(asset.kind, fields, by=by, own=asset.pk)
    _refuse_of_others(fields.get("supplier", asset.supplier), many)
    differing = _differing(asset, many)
    changed = update_row(
        asset,
        fields,
        edit_version=edit_version,
        among=Asset.objects.filter(ended_on=None),
        current=current_values,
        stamp={"changed_at": timezone.now()},
        anyway=bool(differing),
    )
    if "supplier" in changed and "agreements" not in many:
        many["agreements"] = list(asset.agreements.filter(supplier=asset.supplier))
        differing += _differing(asset, {"agreements": many["agreements"]})
    for name in differing:
        getattr(asset, name).set(many[name])
    changed += differing
    if DECIDING & set(changed):
        keep_required([asset.pk])
    if changed:
        record("assets.asset_changed", asset, by=by, facts={"fields": sorted(changed)})
    if SHOWN_ON_THE_WHEEL & set(changed):
        follow_reviews([asset.pk], by=by)
    return changed


@transaction.atomic
def end_asset(asset: Asset, *, by: Person, because: str, on: date | None = None) -> None:
    """Take an asset out of the register on the day (today when not given), with a reason.

    Those who had a role in it have none from then on. Raises Refused for no reason, for a day
    before it came or one to come, and for one that is out already.
    """
    if not Asset.can_be_added_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    today = timezone.localdate()
    on = on or today
    if on > today:
        raise Refused(on=_("The day has not come yet. Choose today or an earlier day."))
    if on < asset.registered_on:
        raise Refused(on=_("It was not in the register on that day."))
    row = Asset.objects.filter(pk=asset.pk, ended_on=None)
    values = {"ended_on": on, "ended_because": because, "changed_at": timezone.now()}
    if not row.update(**values, edit_version=asset.edit_version + 1):
        raise Refused(_("It has been taken out of the register already."))
    asset.refresh_from_db()
    for one in Ownership.objects.current().filter(asset=asset):
        Ownership.objects.filter(pk=one.pk).update(to_date=max(on, one.from_date))
    keep_required([asset.pk])
    record("assets.asset_ended", asset, by=by, facts={"on": on})
    follow_reviews([asset.pk], by=by)


def current_values(now: Asset) -> dict[str, Any]:
    """Return an asset's values now, by field as forms have it, for whoever was overtaken."""
    names = [field.name for field in Asset._meta.concrete_fields]  # noqa: SLF001
    values = {name: getattr(now, name) for name in names}
    values["personal_data"] = now.personal_data_kinds
    return {**values, **{name: list(getattr(now, name).all()) for name in MANY}}


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = {name: value for name, value in values.items() if name not in MANY}
    return fields, {name: value for name, value in values.items() if name in MANY}


def _refuse_of_others(supplier: Supplier | None, many: Mapping[str, Any]) -> None:
    agreements: list[Agreement] = many.get("agreements", [])
    key = supplier.pk if supplier else None
    if any(one.supplier_id != key for one in agreements):
        raise Refused(agreements=_("Choose from the list."))


def _differing(asset: Asset, many: Mapping[str, Any]) -> list[str]:
    """Return the names of fields of several values whose values differ now."""
    return [
        name
        for name, rows in many.items()
        if set(getattr(asset, name).values_list("pk", flat=True)) != {row.pk for row in rows}
    ]


@transaction.atomic
def relate(
    asset: Asset, kind: str, other: Asset, *, by: Person, backwards: bool = False
) -> Relation:
    """Relate an asset to the other as `kind`; with `backwards`, the other to the asset.

    `by` changes the asset and reads the other. Raises Refused for a kind there is not, for an
    asset of the two that is the same, unknown to `by` or out of the register, and for what is
    said already.
    """
    _refuse_ended(asset)
    if not asset.can_be_changed_by(by):
        raise PermissionDenied
    if kind not in Relation.Kind.values:
        raise Refused(kind=_("Choose from the list."))
    if other.pk == asset.pk:
        raise Refused(other=_("It cannot have to do with itself."))
    if not Asset.objects.visible_to(by).in_register().filter(pk=other.pk).exists():
        raise Refused(other=_("Choose from the list."))
    ends = (other, asset) if backwards else (asset, other)
    relation, is_new = Relation.objects.get_or_create(
        from_asset=ends[0], kind=kind, to_asset=ends[1]
    )
    if not is_new:
        raise Refused(other=_("That has been said of the two already."))
    for subject, facts in _told(relation):
        record("assets.relation_added", subject, by=by, facts=facts)
    return relation


@transaction.atomic
def unrelate(relation: Relation, *, by: Person) -> None:
    """Remove a relation. Raises Refused if it is gone already."""
    ends = relation.from_asset, relation.to_asset
    if not any(end.can_be_changed_by(by) for end in ends):
        raise PermissionDenied
    if not Relation.objects.filter(pk=relation.pk).delete()[0]:
        raise Refused(_("It has been done already."))
    for subject, facts in _told(relation):
        record("assets.relation_removed", subject, by=by, facts=facts)


def _refuse_ended(asset: Asset) -> None:
    if asset.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))


def _told(relation: Relation) -> list[tuple[Asset, dict[str, object]]]:
    """Return the facts told with each of the two, so that both histories have them."""
    ends = relation.from_asset, relation.to_asset
    return [
        (subject, {"kind": relation.kind, "item": other.pk, "backwards": backwards})
        for subject, other, backwards in ((*ends, False), (ends[1], ends[0], True))
    ]
