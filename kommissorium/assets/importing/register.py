"""What the registers hold already, as an import needs to know it: a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kommissorium.accounts.models import Person
from kommissorium.assets.importing.people import Named, People
from kommissorium.assets.importing.targets import folded
from kommissorium.assets.models import Area, Asset, Ownership, Supplier

type RowModel = Area | Supplier


@dataclass(frozen=True)
class Held:
    """Who has a role in an asset today, and since when. `pk` is the ownership's."""

    pk: int
    person: int
    name: str
    since: date


@dataclass
class Register:
    """The assets by what a sheet may call them, and all that cells may name."""

    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    uuids: dict[UUID, int] = field(default_factory=dict)
    local_ids: dict[str, int] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    assets: dict[int, Asset] = field(default_factory=dict)
    owners: dict[tuple[int, str], Held] = field(default_factory=dict)
    people: People = field(default_factory=People)
    # Areas and suppliers by field, then by folded name, and by key.
    rows: dict[str, dict[str, RowModel]] = field(default_factory=dict)
    by_key: dict[str, dict[int, RowModel]] = field(default_factory=dict)

    def named(self, key: str, value: object) -> list[int]:
        """Return the assets that have this key: more than one for a name several have."""
        if key == "name":
            return self.names.get(plain_name(str(value)), [])
        found = self.uuids.get(value) if isinstance(value, UUID) else self.local_ids.get(str(value))
        return [found] if found is not None else []


def plain_name(name: str) -> str:
    """Return the name of an asset so that case and spaces do not count."""
    return " ".join(name.casefold().split())


def known_assets(kind: str) -> Register:
    """Return what all assets are called; the local IDs and names of the one kind alone."""
    register = Register()
    columns = Asset.objects.values_list("pk", "kind", "name", "uuid", "local_id", "ended_on")
    for pk, its_kind, name, uuid, local_id, ended_on in columns:
        register.called[pk], register.kinds[pk] = name, its_kind
        if ended_on:
            register.gone.add(pk)
        if uuid:
            register.uuids[uuid] = pk
        if its_kind == kind:
            register.names[plain_name(name)].append(pk)
            if local_id:
                register.local_ids[local_id] = pk
    return register


def fetch(register: Register, keys: Collection[int], targets: Collection[str]) -> None:
    """Fetch the assets of these keys, and what the columns with these targets may name."""
    register.assets = Asset.objects.in_bulk(keys)
    models: dict[str, type[RowModel]] = {"area": Area, "supplier": Supplier}
    for name, model in models.items():
        if name in targets:
            rows: Iterable[RowModel] = list(model._default_manager.all())  # noqa: SLF001
            register.rows[name] = {folded(row.name): row for row in rows}
            register.by_key[name] = {row.pk: row for row in rows}
    if any(target.startswith("role:") for target in targets):
        register.people = _people()
        register.owners = _owners(keys)


def _people() -> People:
    rows = Person.objects.active().values_list("pk", "name", "email", "job_title")
    return People.of(Named(pk, name, email or "", title) for pk, name, email, title in rows)


def _owners(keys: Collection[int]) -> dict[tuple[int, str], Held]:
    wanted = set(keys)
    rows = Ownership.objects.current().values_list(
        "asset", "role", "pk", "person", "person__name", "from_date"
    )
    return {
        (asset, role): Held(pk, person, name, since)
        for asset, role, pk, person, name, since in rows
        if asset in wanted
    }
