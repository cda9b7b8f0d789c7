"""Write changes of many assets at once, and put them back as they were before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import batched
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import DECIDING, SHOWN_ON_THE_WHEEL
from kommissorium.assets.actions.required_documents import follow_reviews, keep_required
from kommissorium.assets.models import Asset, DocumentType, Ownership, Required
from kommissorium.core.evidence.actions import record
from kommissorium.registers.lists.bulk import BulkLine
from kommissorium.registers.models import BulkChange, BulkRow

AT_ONCE = 500  # rows to a statement
OWNER: Final = "owner"
WAIVED: Final = "waived"
NO_FIELDS: Final = {OWNER, WAIVED}  # the parts that are none


def write_bulk(
    lines: Sequence[BulkLine[Asset]], by: Person, change: BulkChange
) -> Sequence[BulkRow]:
    """Write the fields, the owners and the waivers, and record the result for each asset."""
    rows = [
        BulkRow(change=change, thing_id=one.row.pk, before=one.before, after=one.after)
        for one in lines
    ]
    _write_fields([(one.thing_id, _fields(one.after)) for one in rows])
    made = _appoint([one for one in rows if OWNER in one.after])
    waived = _waive([one for one in rows if WAIVED in one.after], by)
    pseudonyms = dict(Person.objects.values_list("pk", "pseudonym"))
    for one, line in zip(rows, lines, strict=True):
        one.after_version = line.row.edit_version + bool(_fields(one.after))
        one.kept = {"made": made.get(one.thing_id)}
        _record(line.row, one.after, pseudonyms, by, change)
        if WAIVED in one.after:
            facts = {**waived[one.after[WAIVED][0]].facts, "many": change.pk}
            record("assets.document_waived", line.row, by=by, facts=facts)
    _follow(rows, by)
    return rows


def moved_owners(rows: Sequence[BulkRow]) -> set[int]:
    """Return assets whose owner has changed since, or has held the role since before today.

    So also where who had it before has left: nobody becomes an owner who is not here.
    """
    of_owner = {one.kept["made"]: one for one in rows if OWNER in one.after}
    today = timezone.localdate()
    same_day = [key for key, one in of_owner.items() if timezone.localdate(one.change.at) == today]
    still = set(Ownership.objects.current().filter(pk__in=same_day).values_list("pk", flat=True))
    before = {one.before[OWNER][1] for one in of_owner.values()} - {None}
    gone = set(Person.objects.filter(pk__in=before, is_active=False).values_list("pk", flat=True))
    return {
        one.thing_id
        for key, one in of_owner.items()
        if key not in still or one.before[OWNER][1] in gone
    }


def moved_waivers(rows: Sequence[BulkRow]) -> set[int]:
    """Return assets of which a document is demanded again, or waived for another reason, since."""
    of_waivers = [one for one in rows if WAIVED in one.after]
    types = {one.after[WAIVED][0] for one in of_waivers}
    now = Required.objects.waived().filter(type__in=types)
    still = set(now.values_list("asset", "type", "waived_because"))
    return {one.thing_id for one in of_waivers if (one.thing_id, *one.after[WAIVED]) not in still}


def put_assets_back(rows: Sequence[BulkRow], by: Person, change: BulkChange) -> None:
    """Give fields and owners back, demand documents again, and record it of each asset."""
    _write_fields([(one.thing_id, _fields(one.before)) for one in rows])
    of_owner = [one for one in rows if OWNER in one.before]
    Ownership.objects.filter(pk__in=[one.kept["made"] for one in of_owner]).delete()
    again = [_back_again(one) for one in of_owner if one.before[OWNER][1]]
    Ownership.objects.bulk_create(again, AT_ONCE)
    demanded = _demand_again([one for one in rows if WAIVED in one.after])
    pseudonyms = dict(Person.objects.values_list("pk", "pseudonym"))
    asset = Asset()  # stands for each in turn: making five thousand takes longer than all else
    for one in rows:
        asset.pk = one.thing_id
        if one.after.keys() - {WAIVED}:
            _record_back(asset, one, pseudonyms, by, change)
        if WAIVED in one.after:
            facts = {**demanded[one.after[WAIVED][0]].facts, "many": change.pk}
            record("assets.document_demanded_again", asset, by=by, facts=facts)
    _follow(rows, by)


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values written in the assets themselves, by column."""
    named = {name: value for name, value in values.items() if name not in NO_FIELDS}
    return {Asset._meta.get_field(name).attname: value for name, value in named.items()}  # type: ignore[union-attr]  # noqa: SLF001


def _write_fields(values: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Write the fields of assets; those with the same values in one statement."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for key, fields in values:
        if fields:
            alike[tuple(fields.items())].append(key)
    now = timezone.now()
    for same, keys in alike.items():
        for some in batched(keys, AT_ONCE):
            rows = Asset.objects.filter(pk__in=some, ended_on=None)
            rows.update(**dict(same), changed_at=now, edit_version=F("edit_version") + 1)


def _appoint(rows: Sequence[BulkRow]) -> dict[int, int]:
    """Give the roles, and end what others had; return the ownership made by asset."""
    ending: dict[date, list[int]] = defaultdict(list)
    for one in rows:
        _role, person, since, key = one.before[OWNER]
        if person:
            begins = date.fromisoformat(one.after[OWNER][2])
            ending[max(begins - timedelta(days=1), date.fromisoformat(since))].append(key)
    for last, keys in ending.items():
        for some in batched(keys, AT_ONCE):
            Ownership.objects.filter(pk__in=some).update(to_date=last)
    made = Ownership.objects.bulk_create([_ownership(one, one.after[OWNER]) for one in rows])
    return {one.asset_id: one.pk for one in made}


def _waive(rows: Sequence[BulkRow], by: Person) -> dict[int, DocumentType]:
    """Note that the assets need no such document, and why; return the kinds of document by key."""
    alike: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in rows:
        type_, because = one.after[WAIVED]
        alike[type_, because].append(one.thing_id)
    now = timezone.now()
    for (type_, because), keys in alike.items():
        for some in batched(keys, AT_ONCE):
            found = Required.objects.filter(asset__in=some, type=type_, waived_at=None)
            found.update(waived_because=because, waived_by=by, waived_at=now)
    return DocumentType.objects.in_bulk({type_ for type_, _because in alike})


def _demand_again(rows: Sequence[BulkRow]) -> dict[int, DocumentType]:
    """Demand the documents again; return their kinds by key."""
    alike: dict[int, list[int]] = defaultdict(list)
    for one in rows:
        alike[one.after[WAIVED][0]].append(one.thing_id)
    for type_, keys in alike.items():
        for some in batched(keys, AT_ONCE):
            found = Required.objects.waived().filter(asset__in=some, type=type_)
            found.update(waived_because="", waived_by=None, waived_at=None)
    return DocumentType.objects.in_bulk(alike)


def _ownership(row: BulkRow, value: Sequence[Any]) -> Ownership:
    role, person, since, _key = value
    begins = date.fromisoformat(since)
    return Ownership(asset_id=row.thing_id, role=role, person_id=person, from_date=begins)


def _back_again(row: BulkRow) -> Ownership:
    """Return the role to its former holder, from the day on which it was taken away."""
    role, person, _since, key = row.before[OWNER]
    return _ownership(row, [role, person, row.after[OWNER][2], key])


def _record(
    asset: Asset,
    after: Mapping[str, Any],
    pseudonyms: Mapping[int, UUID],
    by: Person,
    change: BulkChange,
) -> None:
    many = {"many": change.pk}
    if fields := sorted(name for name in after if name not in NO_FIELDS):
        record("assets.asset_changed", asset, by=by, facts={"fields": fields, **many})
    if OWNER in after:
        role, person, since, _key = after[OWNER]
        facts = {"role": role, "person": str(pseudonyms[person]), "from": since, **many}
        record("assets.owner_appointed", asset, by=by, facts=facts)


def _record_back(
    asset: Asset, row: BulkRow, pseudonyms: Mapping[int, UUID], by: Person, change: BulkChange
) -> None:
    fields = sorted(name for name in row.before if name not in NO_FIELDS)
    facts: dict[str, Any] = {"fields": fields, "many": change.pk}
    if OWNER in row.before:
        role, person, _since, _key = row.before[OWNER]
        facts |= {"role": role, "person": str(pseudonyms[person]) if person else ""}
    record("assets.asset_put_back", asset, by=by, facts=facts)


def _follow(rows: Sequence[BulkRow], by: Person) -> None:
    """Bring documents and the year wheel into step with the changes."""
    parts = {name for one in rows for name in one.after}
    keys = [one.thing_id for one in rows]
    if DECIDING & parts:
        keep_required(keys)
    if (SHOWN_ON_THE_WHEEL | NO_FIELDS) & parts:
        follow_reviews(keys, by=by)
