"""The migrations make the tables that the models ask for, and every trigger that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import DeleteModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import Triggers
from kommissorium.core.evidence.sealed_tables import make_seal_triggers
from kommissorium.core.evidence.shape import expected, in_no_order, misshapen, shape_there

pytestmark = pytest.mark.django_db

MODELS = apps.get_models(include_auto_created=True)
# Tables whose shape is not ours to say: other programs', and that of the cache.
FOREIGN = {
    *("core_cache", "django_migrations"),
    *(
        model._meta.db_table
        for model in MODELS
        if not model._meta.app_config.name.startswith("kommissorium.")
    ),
}
# What a thing belongs to, its kind and name, and what it says. PostgreSQL's own texts are asked
# for in the short form, that leaves out the schema they stand in.
SQLITE = "SELECT tbl_name, type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
POSTGRESQL = (
    """SELECT c.relname, 'column', a.attname,
        concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attidentity, a.attgenerated,
            a.attnotnull, pg_get_expr(d.adbin, d.adrelid, true))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
        AND a.attnum > 0 AND NOT a.attisdropped""",
    """SELECT conrelid::regclass::text, 'constraint', conname, pg_get_constraintdef(oid, true)
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0""",
    """SELECT i.indrelid::regclass::text, 'index', c.relname, pg_get_indexdef(c.oid, 0, true)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace""",
    """SELECT c.relname, 'trigger', t.tgname, pg_get_triggerdef(t.oid, true) || p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal""",
)

type Schema = dict[tuple[str, str, str], str | list[str]]


def read_schema(database: BaseDatabaseWrapper) -> Schema:
    """Return the whole schema of a database: tables, constraints, indexes and triggers."""
    found: Schema = {}
    with database.cursor() as cursor:
        for question in [SQLITE] if database.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(question)
            for table, kind, name, text in cursor.fetchall():
                found[table, kind, name] = in_no_order(text) if kind == "table" else text
    return found


def part(schema: Schema, *, triggers: bool) -> Schema:
    """Return the triggers alone, or all of our tables without them."""
    return {
        key: text
        for key, text in schema.items()
        if (key[1] == "trigger") is triggers and key[0] not in FOREIGN
    }


@contextmanager
def scratch() -> Iterator[BaseDatabaseWrapper]:
    """Give an empty database: memory, or a schema in the transaction of the test."""
    if connection.vendor == "sqlite":
        kind = type(connections["default"])
        connections["scratch"] = kind(connection.settings_dict | {"NAME": ":memory:"}, "scratch")
        yield connections["scratch"]
        connections["scratch"].close()
        del connections["scratch"]
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA scratch")
        cursor.execute("SET LOCAL search_path TO scratch")
        yield connection
        cursor.execute("SET LOCAL search_path TO public")


def operations() -> Iterator[tuple[str, Operation]]:
    """Yield every step of every migration, and its room, in the order they are taken."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    for migration, _backwards in executor.migration_plan(leaves, clean_start=True):
        for operation in migration.operations:
            yield migration.app_label, operation


def test_the_migrations_make_what_the_models_and_the_freezing_ask_for() -> None:
    with scratch() as database:
        with database.schema_editor() as editor:
            for model in apps.get_models():
                editor.create_model(model)
        with database.schema_editor() as editor:
            for room, operation in operations():
                if isinstance(operation, Triggers):
                    operation.database_forwards(room, editor, None, None)
        make_seal_triggers(database)
        wanted = read_schema(database)
    made = read_schema(connection)
    for triggers in (False, True):
        assert part(made, triggers=triggers) == part(wanted, triggers=triggers)
        assert len(part(wanted, triggers=triggers)) > 100


def test_the_program_expects_what_the_migrations_make() -> None:
    wrong = "run scripts/shape.py"
    assert shape_there(connection) == expected(connection.vendor), wrong
    assert misshapen(connection) == {}


def test_the_tables_of_every_room_can_be_taken_away_again() -> None:
    state, made = ProjectState(), []
    with scratch() as database:
        for room, operation in operations():
            before = state.clone()
            operation.state_forwards(room, state)
            if isinstance(operation, CreateTables | DeleteModel):
                made.append((room, operation, before, state.clone()))
        with database.schema_editor() as editor:
            for room, operation, before, after in made:
                operation.database_forwards(room, editor, before, after)
        assert {key[0] for key in part(read_schema(database), triggers=False)} == {
            model._meta.db_table for model in MODELS if model._meta.db_table not in FOREIGN
        }
        with database.schema_editor() as editor:
            for room, operation, before, after in reversed(made):
                operation.database_backwards(room, editor, after, before)
        assert read_schema(database) == {}
