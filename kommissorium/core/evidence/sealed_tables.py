"""Which tables are sealed, what of their rows, and the triggers that tell what was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.written_rows import FUNCTION, IS, KEPT, SETTING, WAS

# A model of ours says with UNSEALED why its rows are not sealed, with UNSEALED_COLUMNS which columns
# are not, and with UNKEPT why what they held before is not kept. These are tables of other people's.
OTHERS: dict[str, str | Promise] = {
    "account": gettext_lazy("the addresses with which people sign in, kept by the sign-in library"),
    "auth": gettext_lazy("groups and permissions of Django, which the program does not use"),
    "contenttypes": gettext_lazy("names of models, made by Django"),
    "mfa": gettext_lazy("second factors, kept by the sign-in library"),
    "sessions": gettext_lazy("who is signed in now"),
}
# What is no table of the program, and what the check does not look at.
BESIDE: dict[str, str | Promise] = {
    "django_migrations": gettext_lazy(
        "which steps the tables were made in; the tables themselves are checked"
    ),
    "sequences": gettext_lazy("which number the next row gets"),
    "files": gettext_lazy(
        "files of the last two days under the name of their own content, which an act that was taken"
        " back leaves"
    ),
    "indexes": gettext_lazy("whether PostgreSQL's indexes find every row, which its amcheck tells"),
    "rights": gettext_lazy("who may do what in the database server"),
}
# What the chain itself covers: its events, and what it says of records, anchors and the salt.
CHAIN = {"core_event", "core_record", "core_anchor", "core_salt"}


@dataclass(frozen=True)
class SealedTable:
    """A table whose rows are sealed, with the columns a seal covers in the order of their names."""

    name: str
    key: str
    columns: tuple[str, ...]
    binary: frozenset[str]
    model: type[models.Model]

    def text(self, row: str, vendor: str) -> str:
        """Return the SQL of a row's one text form: JSON of column and value, made by the database.

        `row` is what the SQL around it calls the row, as OLD.
        """
        if vendor == "sqlite":
            pairs = (f"'{name}', {self._value(row, name)}" for name in self.columns)
            return f"json_object({', '.join(pairs)})"
        return f"row_to_json({row})::text"

    @property
    def is_kept(self) -> bool:
        """Return whether each version of its rows is kept."""
        return not getattr(self.model, "UNKEPT", "")

    def selected(self) -> str:
        """Return the columns as a list in SQL."""
        return ", ".join(f'"{name}"' for name in self.columns)

    def _value(self, row: str, name: str) -> str:
        value = f'{row}."{name}"'
        return f"hex({value})" if name in self.binary else value


@cache
def sealed_tables() -> dict[str, SealedTable]:
    """Return all sealed tables by their names."""
    models_ = (model for model in _models() if not _reason(model))
    return {table.name: table for table in sorted(map(_table, models_), key=lambda t: t.name)}


def sealed_columns() -> dict[str, list[str]]:
    """Return the columns that are sealed, by table."""
    return {table.name: list(table.columns) for table in sealed_tables().values()}


def kept_tables() -> list[str]:
    """Return the names of the tables whose row versions are kept."""
    return [table.name for table in sealed_tables().values() if table.is_kept]


def unsealed() -> dict[str, str]:
    """Return everything that no seal covers, each with the reason: "table" or "table.column"."""
    found = {name: str(reason) for name, reason in BESIDE.items()}
    for model in _models():
        name = model._meta.db_table  # noqa: SLF001 Django's documented model API
        if reason := _reason(model):
            found[name] = str(reason)
        for column, why in getattr(model, "UNSEALED_COLUMNS", {}).items():
            found[f"{name}.{column}"] = str(why)
    return dict(sorted(found.items()))


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001 as above
        if meta.managed and not meta.proxy and meta.db_table not in CHAIN:
            yield model


def _reason(model: type[models.Model]) -> str | Promise:
    label = model._meta.app_label  # noqa: SLF001 as above
    if label in OTHERS:
        return OTHERS[label]
    own: str | Promise = model.__dict__.get("UNSEALED", "")
    return own


def _table(model: type[models.Model]) -> SealedTable:
    meta: Any = model._meta  # noqa: SLF001 as above
    left_out = getattr(model, "UNSEALED_COLUMNS", {})
    fields = {field.column: field for field in meta.local_fields if field.column not in left_out}
    binary = (c for c, field in fields.items() if isinstance(field, models.BinaryField))
    return SealedTable(
        meta.db_table, meta.pk.column, tuple(sorted(fields)), frozenset(binary), model
    )


VERBS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
ROWS = {"OLD": "were", "NEW": "are"}  # what PostgreSQL's trigger calls the rows of a side

_SQLITE_TRIGGERS = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL_TRIGGERS = """
    SELECT c.relname, t.tgname, concat_ws(' ', t.tgenabled, t.tgtype, t.tgattr, t.tgoldtable,
        t.tgnewtable, p.proname, p.prosrc, p.proconfig, t.tgqual)
    FROM pg_trigger AS t
    JOIN pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def make_seal_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers of every sealed table, in place of those that are there."""
    with connection.cursor() as cursor:
        for table in sealed_tables().values():
            if connection.vendor == "sqlite":
                wanted = _sqlite(table)
            else:
                cursor.execute(_postgresql_function(table))
                wanted = _postgresql(table)
            for name, statement in wanted:
                on = "" if connection.vendor == "sqlite" else f" ON {table.name}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
                cursor.execute(statement)


def triggers_there(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Return table, name and text of every trigger the database has."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE_TRIGGERS if sqlite else _POSTGRESQL_TRIGGERS)
        found: list[tuple[str, str, str]] = sorted(cursor.fetchall())
    return found


def triggers_by_table(connection: BaseDatabaseWrapper) -> dict[str, dict[str, str]]:
    """Return each table's triggers by name, each with the SHA-256 of its text."""
    tables: dict[str, dict[str, str]] = {}
    for table, name, text in triggers_there(connection):
        tables.setdefault(table, {})[name] = sha256(text)
    return tables


def _sqlite(table: SealedTable) -> Iterator[tuple[str, str]]:
    for verb, sides in VERBS.items():
        name = f"{table.name}_seal_{verb.lower()}"
        # A key that changes is another row, so what was and what is are told apart.
        told = "; ".join(
            f"SELECT {FUNCTION}('{table.name}', {side}.\"{table.key}\", '{_side(table, side)}', "
            f"{table.text(side, 'sqlite')})"
            for side in sides
        )
        yield name, f"CREATE TRIGGER {name} AFTER {verb} ON {table.name} BEGIN {told}; END"


def _postgresql(table: SealedTable) -> Iterator[tuple[str, str]]:
    for verb, sides in VERBS.items():
        name = f"{table.name}_seal_{verb.lower()}"
        rows = " ".join(f"{side} TABLE AS {ROWS[side]}" for side in sides)
        start = f"CREATE TRIGGER {name} AFTER {verb} ON {table.name} REFERENCING {rows}"
        yield name, f"{start} FOR EACH STATEMENT EXECUTE FUNCTION {table.name}_seal()"


def _postgresql_function(table: SealedTable) -> str:
    tell = {side: _tell(table, side) for side in ROWS}
    return (
        f"CREATE OR REPLACE FUNCTION {table.name}_seal() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {tell['OLD']} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {tell['NEW']} END IF; "
        "RETURN NULL; END $$"
    )


def _side(table: SealedTable, side: str) -> str:
    """Return the mark of a side in the report: before, after, or after with its text."""
    if side == "OLD":
        return WAS
    return KEPT if table.is_kept else IS


def _tell(table: SealedTable, side: str) -> str:
    """Return the SQL that adds a line for each of the rows to the transaction's writes."""
    how, text = _side(table, side), table.text("r", "postgresql")
    told = [f"'{table.name}'", f'r."{table.key}"', f"'{how}'"]
    told.append(f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')")
    told += [text] if how == KEPT else []
    line = f"concat_ws(chr(9), {', '.join(told)})"
    return (
        f"PERFORM set_config('{SETTING}', concat(current_setting('{SETTING}', true), "  # noqa: S608
        f"string_agg({line}, chr(10)), chr(10)), true) "
        f"FROM (SELECT {table.selected()} FROM {ROWS[side]}) AS r HAVING count(*) > 0;"
    )


def rows_there(
    connection: BaseDatabaseWrapper, table: SealedTable, key: str | int | None = None
) -> Iterator[tuple[str, str]]:
    """Yield key and text of every row of a table, in no order, or of the one with that key."""
    text = table.text("r", connection.vendor)
    question = (
        f'SELECT r."{table.key}", {text} FROM (SELECT {table.selected()} FROM {table.name}) AS r'  # noqa: S608
    )
    one = "" if key is None else f' WHERE r."{table.key}" = %s'
    with connection.chunked_cursor() as cursor:
        cursor.execute(question + one, None if key is None else [key])
        while rows := cursor.fetchmany(2000):
            for found, value in rows:
                yield str(found), value


def keys_there(connection: BaseDatabaseWrapper, table: SealedTable) -> list[str | int]:
    """Return the keys of all rows of a table, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{table.key}" FROM {table.name}')  # noqa: S608 names are ours
        return [key for (key,) in cursor.fetchall()]
