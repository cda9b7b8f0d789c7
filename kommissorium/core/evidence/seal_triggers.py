"""The triggers by which sealed tables report their writes, and the list of triggers there are."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.sealed_tables import SealedTable, sealed_tables
from kommissorium.core.evidence.written_rows import FUNCTION, IS, KEPT, SETTING, WAS

VERBS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
ROWS = {"OLD": "were", "NEW": "are"}  # what PostgreSQL's trigger calls the rows of a side

_SQLITE_TRIGGERS = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL_TRIGGERS = """
    SELECT c.relname, t.tgname, concat_ws(' ', t.tgenabled, t.tgtype, t.tgattr, t.tgoldtable,
        t.tgnewtable, p.proname, p.prosrc)
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


def rows_there(connection: BaseDatabaseWrapper, table: SealedTable) -> Iterator[tuple[str, str]]:
    """Yield key and text of every row of a table, in no order."""
    text = table.text("r", connection.vendor)
    question = (
        f'SELECT r."{table.key}", {text} FROM (SELECT {table.selected()} FROM {table.name}) AS r'  # noqa: S608
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(question)
        while rows := cursor.fetchmany(2000):
            for key, value in rows:
                yield str(key), value
