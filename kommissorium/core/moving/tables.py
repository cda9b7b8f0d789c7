"""The tables that leave and come back: each row as the text its seal covers, and as the other engine's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from kommissorium.core.evidence.sealed_tables import SealedTable, rows_there, sealed_tables

# What stays: who is signed in now, and what `index` makes anew.
STAYS: Final = {"django_session", "core_passage"}
FIRST: Final = (
    "core_event",
    "core_salt",
)  # the chain and the salt, by which the others are checked
POSTGRESQL, SQLITE = "postgresql", "sqlite"

type Line = tuple[str, str]  # a row's text as its seal covers it, and the text of its other columns


@dataclass(frozen=True)
class Leaving:
    """A table that goes along: the columns that seals cover (all, where none does), and the rest."""

    told: SealedTable
    rest: SealedTable | None
    is_sealed: bool

    @property
    def name(self) -> str:
        return self.told.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are written: the database computes the others."""
        rest = self.rest.columns if self.rest else ()
        computed = {one.column for one in self.told.model._meta.local_fields if one.generated}  # noqa: SLF001
        return tuple(dict.fromkeys(n for n in (*self.told.columns, *rest) if n not in computed))

    @property
    def is_numbered(self) -> bool:
        """Return whether the database gives its rows their numbers."""
        return isinstance(self.told.model._meta.pk, models.AutoField)  # noqa: SLF001

    def lines(self) -> Iterator[Line]:
        """Yield every row of this database's table."""
        rest = dict(rows_there(connection, self.rest)) if self.rest else {}
        for key, text in rows_there(connection, self.told):
            yield text, rest.get(key, "{}")


@cache
def leaving() -> list[Leaving]:
    """Return all tables that go along, the chain first."""
    found = {
        model._meta.db_table: _leaving(model)  # noqa: SLF001 Django's documented model API
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy  # noqa: SLF001 as above
    }
    others = sorted(found.keys() - STAYS - set(FIRST))
    return [found[name] for name in (*FIRST, *others)]


def _leaving(model: type[models.Model]) -> Leaving:
    meta: Any = model._meta  # noqa: SLF001 as above
    sealed = sealed_tables().get(meta.db_table)
    covered = set(sealed.columns) if sealed else set()
    fields = {one.column: one for one in meta.local_fields if one.column not in covered}
    binary = frozenset(c for c, one in fields.items() if isinstance(one, models.BinaryField))
    columns = tuple(sorted({*fields, meta.pk.column}))
    rest = SealedTable(meta.db_table, meta.pk.column, columns, binary, model)
    if sealed:
        return Leaving(sealed, rest if fields else None, is_sealed=True)
    return Leaving(rest, None, is_sealed=False)


def insert(table: Leaving, lines: Sequence[Line], source: str) -> None:
    """Write rows that the engine `source` told; triggers are off."""
    columns = ", ".join(f'"{name}"' for name in table.columns)
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRESQL:
            rows = ",".join(_for_postgresql(table, line, source) for line in lines)
            cursor.execute(
                f'INSERT INTO "{table.name}" ({columns}) SELECT {columns}'  # noqa: S608 ours
                f' FROM json_populate_recordset(NULL::"{table.name}", %s::json)',
                [f"[{rows}]"],
            )
            return
        marks = ", ".join("%s" for _name in table.columns)
        cursor.executemany(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})',  # noqa: S608 as above
            [_for_sqlite(table, line, source) for line in lines],
        )


def _for_postgresql(table: Leaving, line: Line, source: str) -> str:
    if source == POSTGRESQL:  # its own text, to the letter
        text, rest = line
        return f"{text[:-1]},{rest[1:]}" if table.rest else text
    return json.dumps(_converted(table, line, _from_sqlite), ensure_ascii=False)


def _for_sqlite(table: Leaving, line: Line, source: str) -> list[Any]:
    how = _as_it_was if source == SQLITE else _from_postgresql
    values = _converted(table, line, how)
    return [values[name] for name in table.columns]


def _converted(table: Leaving, line: Line, how: Any) -> Mapping[str, Any]:
    held = json.loads(line[0]) | json.loads(line[1])
    fields = _fields(table.told.model)
    return {name: None if held[name] is None else how(fields[name], held[name]) for name in held}


@cache
def _fields(model: type[models.Model]) -> Mapping[str, Any]:
    """Return the fields by their columns; of one that names a row, the field of that row's key."""
    found: dict[str, Any] = {}
    for field in model._meta.local_fields:  # noqa: SLF001 as above
        last: Any = field
        while last.is_relation:
            last = last.target_field
        found[str(field.column)] = last
    return found


def _as_it_was(field: Any, value: Any) -> Any:
    """Return SQLite's value for SQLite; what is binary comes in hex, nothing as ""."""
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value) if value or not field.null else None
    return value


def _from_sqlite(field: Any, value: Any) -> Any:
    """Return SQLite's value for PostgreSQL's JSON."""
    match field:
        case models.BooleanField():
            return bool(value)
        case models.DateTimeField():
            return f"{value}+00:00"
        case models.JSONField():
            return json.loads(value)
        case models.BinaryField():
            return f"\\x{value.lower()}" if value or not field.null else None
    return value


def _from_postgresql(field: Any, value: Any) -> Any:  # noqa: PLR0911 one line per type
    """Return PostgreSQL's value as Django writes it to SQLite."""
    match field:
        case models.BooleanField():
            return int(value)
        case models.DateTimeField():
            return str(datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None))
        case models.JSONField():
            return json.dumps(value, cls=field.encoder)
        case models.BinaryField():
            return bytes.fromhex(value.removeprefix("\\x"))
        case models.UUIDField():
            return value.replace("-", "")
        case models.DecimalField():
            exact = Decimal(str(value))
            return connection.ops.adapt_decimalfield_value(
                exact, field.max_digits, field.decimal_places
            )
    return value
