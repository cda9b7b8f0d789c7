"""Changes of a schema, drawn by chance, that only who owns the database can make.

Each returns what it changed, "" where the database refused.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from django.db import connection

from kommissorium.config.tests.test_seals import TABLES, accepted
from kommissorium.core.evidence.sealed_tables import triggers_there

type Chance = random.Random
type Change = Callable[[Chance], str]
ON_SQLITE = connection.vendor == "sqlite"


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def read_anew() -> None:
    """Let SQLite forget what it knew of the schema, after a change of it was taken back."""
    if ON_SQLITE:
        raw("PRAGMA writable_schema = RESET")


def asked(question: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return sorted(cursor.fetchall())


def done(told: str, *statements: str) -> str:
    """Run statements; return what is told of them, "" where one was refused."""

    def run() -> None:
        for one in statements:
            raw(one)

    return told if accepted(run) else ""


def a_table(chance: Chance) -> str:
    return chance.choice(TABLES).name


# Of both databases.


def a_trigger_gone(chance: Chance) -> str:
    table, name, _text = chance.choice(triggers_there(connection))
    return done(
        f"the trigger {name} gone", f"DROP TRIGGER {name}" + ("" if ON_SQLITE else f" ON {table}")
    )


def a_table_gone(chance: Chance) -> str:
    table = a_table(chance)
    return done(f"{table} gone", f"DROP TABLE {table}" + ("" if ON_SQLITE else " CASCADE"))


def a_table_under_another_name(chance: Chance) -> str:
    table = a_table(chance)
    view = f"CREATE VIEW {table} AS SELECT * FROM aside"
    return done(f"a view as {table}", f"ALTER TABLE {table} RENAME TO aside", view)


def a_table_more(chance: Chance) -> str:
    return done("a table more", "CREATE TABLE strange (id integer)")


def a_view_more(chance: Chance) -> str:
    return done("a view more", f"CREATE VIEW strange AS SELECT * FROM {a_table(chance)}")


def a_column_more(chance: Chance) -> str:
    table = a_table(chance)
    return done(f"a column more of {table}", f"ALTER TABLE {table} ADD COLUMN strange integer")


def an_index_gone(chance: Chance) -> str:
    name, _sql = chance.choice(unique_indexes())
    return done(f"the index {name} gone", f"DROP INDEX {name}")


def an_index_of_few_rows(chance: Chance) -> str:
    name, sql = chance.choice(unique_indexes())
    fewer = f"{sql.partition(' WHERE ')[0]} WHERE id < 0"
    return done(f"the index {name} of few rows", f"DROP INDEX {name}", fewer)


def unique_indexes() -> list[tuple[str, ...]]:
    if ON_SQLITE:
        return asked("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE UNIQUE INDEX%'")
    return asked(
        "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON"
        " c.oid = i.indexrelid WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)"
    )


# Of SQLite, which keeps its schema as text, and lets its owner write it.


def rewritten(pattern: str, into: str) -> Change:
    def change(chance: Chance) -> str:
        tables = asked("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE TABLE \"%'")
        places = [(*one, place) for one in tables for place in re.finditer(pattern, one[1])]
        name, sql, place = chance.choice(places)
        raw("PRAGMA writable_schema = 1")
        new = sql[: place.start()] + into + sql[place.end() :]
        raw("UPDATE sqlite_master SET sql = %s WHERE name = %s", new, name)
        raw("PRAGMA writable_schema = 0")
        return f"{place[0]} of {name} at {place.start()} is {into or 'gone'}"

    return change


def a_trigger_that_never_fires(chance: Chance) -> str:
    table, name, _text = chance.choice(triggers_there(connection))
    new = f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT 1; END"
    return done(f"the trigger {name} never fires", f"DROP TRIGGER {name}", new)


def a_trigger_that_swallows(chance: Chance) -> str:
    table = a_table(chance)
    new = f"CREATE TRIGGER strange BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END"
    return done(f"{table} takes no rows", new)


def an_index_that_lost_its_rows(chance: Chance) -> str:
    """Let an index of the schema's text be kept in the pages of another: its rows are not found."""
    names = [name for name, _sql in unique_indexes()]
    first, second = chance.sample(names, 2)
    raw("PRAGMA writable_schema = 1")
    raw(
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = %s)"
        " WHERE name = %s",
        *(first, second),
    )
    read_anew()
    return f"the index {second} lies where {first} does"


# Of PostgreSQL. On SQLite triggers hold the columns they name.


def a_column_gone(chance: Chance) -> str:
    table = chance.choice(TABLES)
    column = chance.choice(table.columns)
    sql = f'ALTER TABLE {table.name} DROP COLUMN "{column}" CASCADE'
    return done(f"{column} of {table.name} gone", sql)


def a_column_that_may_be_empty(chance: Chance) -> str:
    table, column = chance.choice(
        asked(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_nullable = 'NO'"
        )
    )
    sql = f'ALTER TABLE {table} ALTER COLUMN "{column}" DROP NOT NULL'
    return done(f"{column} of {table} may be empty", sql)


def a_default_of_a_column(chance: Chance) -> str:
    table = a_table(chance)
    sql = f"ALTER TABLE {table} ALTER COLUMN id SET DEFAULT 1"
    return done(f"a default in {table}", f"ALTER TABLE {table} ALTER id DROP IDENTITY", sql)


def constraints(kinds: str) -> list[tuple[str, ...]]:
    return asked(
        "SELECT r.relname, k.conname FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid"
        f" WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ({kinds})"
    )


def a_constraint_gone(chance: Chance) -> str:
    table, name = chance.choice(constraints("'c', 'u', 'f'"))
    return done(f"the constraint {name} gone", f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def a_check_of_nothing(chance: Chance) -> str:
    table, name = chance.choice(constraints("'c'"))
    return done(
        f"the constraint {name} allows all",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (true)",
    )


def a_trigger_switched_off(chance: Chance) -> str:
    table, name, _text = chance.choice(triggers_there(connection))
    return done(f"the trigger {name} off", f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def a_trigger_when_never(chance: Chance) -> str:
    table, name, _text = chance.choice(triggers_there(connection))
    [(text,)] = asked(
        f"SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = '{name}'"
        f" AND tgrelid = '{table}'::regclass"
    )
    new = text.replace(" EXECUTE ", " WHEN (false) EXECUTE ")
    return done(f"the trigger {name} never fires", f"DROP TRIGGER {name} ON {table}", new)


def functions() -> list[tuple[str, ...]]:
    return asked("SELECT DISTINCT tgfoid::regproc::text FROM pg_trigger WHERE NOT tgisinternal")


def a_function_that_does_nothing(chance: Chance) -> str:
    [name] = chance.choice(functions())
    body = "LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
    return done(
        f"{name} does nothing", f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger {body}"
    )


def a_function_that_forgets(chance: Chance) -> str:
    """Let the function's setting be put back when it ends: what it told of rows is lost."""
    [name] = chance.choice(functions())
    return done(f"{name} forgets", f"ALTER FUNCTION {name}() SET kommissorium.wrote = ''")


def a_rule_that_swallows(chance: Chance) -> str:
    table, verb = a_table(chance), chance.choice(("INSERT", "UPDATE", "DELETE"))
    sql = f"CREATE RULE strange AS ON {verb} TO {table} DO INSTEAD NOTHING"
    return done(f"{table} swallows {verb}", sql)


def rows_hidden(chance: Chance) -> str:
    table = a_table(chance)
    hide = f"CREATE POLICY strange ON {table} USING (false)"
    return done(f"{table} hides rows", f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", hide)


def all_triggers_off(chance: Chance) -> str:
    return done("all triggers off", "SET LOCAL session_replication_role = replica")


OF_BOTH: tuple[Change, ...] = (
    *(a_trigger_gone, a_table_gone, a_table_under_another_name, a_table_more, a_view_more),
    *(a_column_more, an_index_gone, an_index_of_few_rows),
)
OF_SQLITE: tuple[Change, ...] = (
    *(rewritten(r" NOT NULL", ""), rewritten(r" CHECK \(", " CHECK (1 OR ")),
    *(rewritten(r" REFERENCES \S+ \(\S+\)", ""), rewritten(r" UNIQUE", "")),
    *(a_trigger_that_never_fires, a_trigger_that_swallows, an_index_that_lost_its_rows),
)
OF_POSTGRESQL: tuple[Change, ...] = (
    *(a_column_that_may_be_empty, a_default_of_a_column, a_constraint_gone, a_check_of_nothing),
    *(a_trigger_switched_off, a_trigger_when_never, a_function_that_does_nothing, rows_hidden),
    *(a_column_gone, a_function_that_forgets, a_rule_that_swallows, all_triggers_off),
)
OF_SCHEMA = OF_BOTH + (OF_SQLITE if ON_SQLITE else OF_POSTGRESQL)
