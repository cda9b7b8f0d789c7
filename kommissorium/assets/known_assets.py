"""A row of an import, and the register's present assets: a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kommissorium.assets.models import Asset, Ownership
from kommissorium.registers.importing.cells import plain_name
from kommissorium.registers.importing.plan import PlannedRow


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
