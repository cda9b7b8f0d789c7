"""Write the assets and owners of an import, all at once, and put their owners back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.required_documents import follow_reviews, keep_required
from kommissorium.assets.models import Asset, Ownership
from kommissorium.core.evidence.actions import record
from kommissorium.registers.actions.imported_rows import AT_ONCE, fields_before, used_by
from kommissorium.registers.actions.imports import overtaken
from kommissorium.registers.importing.cells import plain_name
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.models import ImportedRow, ImportRun

type Owners = dict[str, dict[str, int | None]]  # by role the ownership made, and the one it ended


def record_asset_import(deed: str, run: ImportRun, *, by: Person, facts: Mapping[str, Any]) -> None:
    """Record an act on an import of assets."""
    match deed:
        case "read":
            record("assets.import_read", run, by=by, facts=facts)
        case "mapped":
            record("assets.import_mapped", run, by=by, facts=facts)
        case "names_chosen":
            record("assets.import_names_chosen", run, by=by, facts=facts)
        case "dropped":
            record("assets.import_dropped", run, by=by)
        case "done":
            record("assets.import_done", run, by=by, facts=facts)
        case "undone":
            record("assets.import_undone", run, by=by, facts=facts)


def write_assets(run: ImportRun, rows: Sequence[PlannedAsset], by: Person) -> None:
    """Write all rows: new assets, changed ones, and owners."""
    new = _add(run, [row for row in rows if row.is_new])
    kept = [ImportedRow(run=run, number=row.number, is_new=row.is_new) for row in rows]
    for one, row in zip(kept, rows, strict=True):
        one.thing_id = row.found or new[row.number]
        one.before = {"name": row.name, "fields": fields_before(row)}
        one.after_version = 1 if row.is_new else _change(row)
    owners = _appoint(rows, [one.thing_id or 0 for one in kept])
    pseudonyms = dict(Person.objects.values_list("pk", "pseudonym"))
    for one, row in zip(kept, rows, strict=True):
        one.before["owners"] = owners.get(row.number, {})
        _record(one, row, pseudonyms, by)
    ImportedRow.objects.bulk_create(kept, AT_ONCE)
    keys = [one.thing_id for one in kept if one.thing_id]
    keep_required(keys)
    follow_reviews(keys, by=by)


def changed_since(
    rows: Sequence[ImportedRow],
    assets: Mapping[int, Asset],
    follows: Sequence[type[models.Model]],
) -> set[int]:
    """Return the assets that were retired, used or given other owners since."""
    made = {key for one in rows for key in _owner_keys(one, "made")}
    still = set(Ownership.objects.current().filter(pk__in=made).values_list("pk", flat=True))
    new = [one.thing_id for one in rows if one.is_new]
    used = used_by(Asset, new, follows, {Ownership: made})
    moved = [one.thing_id for one in rows if not still.issuperset(_owner_keys(one, "made"))]
    gone = [asset.pk for asset in assets.values() if asset.is_over]
    return used | {*filter(None, moved), *gone}


def put_back(rows: Sequence[ImportedRow], by: Person) -> None:
    """Give the roles back from the day on which the import took them away."""
    made = {key for one in rows for key in _owner_keys(one, "made")}
    ended = {key for one in rows for key in _owner_keys(one, "ended")}
    since = dict(Ownership.objects.filter(pk__in=made).values_list("pk", "from_date"))
    before = Ownership.objects.in_bulk(ended)
    Ownership.objects.filter(pk__in=made).delete()
    back = [
        _again(before[pair["ended"]], since[pair["made"]])
        for one in rows
        for pair in one.before["owners"].values()
        if pair["ended"]
    ]
    Ownership.objects.bulk_create(back, AT_ONCE)
    kept = [one.thing_id for one in rows if one.thing_id and not one.is_new]
    keep_required(kept)
    follow_reviews(kept, by=by)


def record_undone(row: ImportedRow, by: Person) -> None:
    """Record for an asset that the import is undone."""
    facts = {"import": row.run_id, "is_new": row.is_new}
    record("assets.asset_import_undone", Asset(pk=row.thing_id), by=by, facts=facts)


def _add(run: ImportRun, rows: Sequence[PlannedAsset]) -> dict[int, int]:
    now = timezone.now()
    fixed = {"kind": run.options["kind"], "registered_on": timezone.localdate(now)}
    made = [Asset(**fixed, created_at=now, changed_at=now, **row.values) for row in rows]
    made = Asset.objects.bulk_create(made, AT_ONCE)
    return {row.number: asset.pk for row, asset in zip(rows, made, strict=True)}


def _change(row: PlannedAsset) -> int:
    """Change an asset; return its version now. Raises Refused when somebody was faster."""
    version: int = row.thing.edit_version
    if not row.values:
        return version
    same = Asset.objects.filter(pk=row.thing.pk, edit_version=version, ended_on=None)
    if not same.update(**row.values, changed_at=timezone.now(), edit_version=version + 1):
        raise overtaken()
    return version + 1


def _appoint(rows: Sequence[PlannedAsset], assets: Sequence[int]) -> dict[int, Owners]:
    """Give the roles; return the ownerships made and ended, by row."""
    today = timezone.localdate()
    wanted = [
        (
            row,
            role,
            Ownership(asset_id=asset, role=role, person_id=person, from_date=row.since or today),
        )
        for row, asset in zip(rows, assets, strict=True)
        for role, person in row.owners.items()
    ]
    for row, role, _made in wanted:
        if (held := row.held.get(role)) is not None:
            _end(held.pk, held.since, row.since or today)
    Ownership.objects.bulk_create([made for _row, _role, made in wanted], AT_ONCE)
    owners: dict[int, Owners] = {}
    for row, role, made in wanted:
        held = row.held.get(role)
        told = {"made": made.pk, "ended": held.pk if held else None}
        owners.setdefault(row.number, {})[role] = told
    return owners


def _end(key: int, since: date, begins: date) -> None:
    last = max(begins - timedelta(days=1), since)
    if not Ownership.objects.current().filter(pk=key).update(to_date=last):
        raise overtaken()


def _record(
    one: ImportedRow, row: PlannedAsset, pseudonyms: Mapping[int, UUID], by: Person
) -> None:
    facts = {
        "import": one.run_id,
        "is_new": one.is_new,
        "fields": sorted(row.values),
        "owners": {role: str(pseudonyms[person]) for role, person in row.owners.items()},
    }
    record("assets.asset_imported", Asset(pk=one.thing_id), by=by, facts=facts)


def _again(before: Ownership, begins: date) -> Ownership:
    return Ownership(
        asset_id=before.asset_id,
        role=before.role,
        person_id=before.person_id,
        from_date=begins,
    )


def _owner_keys(row: ImportedRow, which: str) -> list[int]:
    pairs: Mapping[str, Mapping[str, int | None]] = row.before["owners"]
    return [key for pair in pairs.values() if (key := pair[which]) is not None]


@dataclass(frozen=True)
class Held:
    """The holder of a role in an asset today, and since when. `pk` is the ownership's."""

    pk: int
    person: int
    name: str
    since: date


@dataclass
class PlannedAsset(PlannedRow):
    """A row and the asset it becomes: `owners` are people's keys by role, `held` those before."""

    owners: dict[str, int] = field(default_factory=dict)
    since: date | None = None
    held: dict[str, Held] = field(default_factory=dict)


@dataclass
class KnownAssets:
    """The assets by the names a sheet may use; the local IDs and names of the one kind alone."""

    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    uuids: dict[UUID, int] = field(default_factory=dict)
    local_ids: dict[str, int] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, kind: str) -> KnownAssets:
        known = cls()
        columns = Asset.objects.values_list("pk", "kind", "name", "uuid", "local_id", "ended_on")
        for pk, its_kind, name, uuid, local_id, ended_on in columns:
            known.called[pk], known.kinds[pk] = name, its_kind
            if ended_on:
                known.gone.add(pk)
            if uuid:
                known.uuids[uuid] = pk
            if its_kind == kind:
                known.names[plain_name(name)].append(pk)
                if local_id:
                    known.local_ids[local_id] = pk
        return known

    def by(self, key: str) -> Mapping[object, Sequence[int]]:
        """Return the assets by the values of a key: more than one for a name several have."""
        if key == "name":
            return dict(self.names.items())
        return {value: [pk] for value, pk in self.taken(key).items()}

    def taken(self, key: str) -> Mapping[object, int]:
        """Return the asset that has it, by UUID or local ID."""
        return dict(self.uuids.items()) if key == "uuid" else dict(self.local_ids.items())


def holders(keys: Collection[int]) -> dict[tuple[int, str], Held]:
    """Return the holders of roles in these assets today, by asset and role."""
    wanted = set(keys)
    rows = Ownership.objects.current().values_list(
        "asset", "role", "pk", "person", "person__name", "from_date"
    )
    return {
        (asset, role): Held(pk, person, name, since)
        for asset, role, pk, person, name, since in rows
        if asset in wanted
    }
