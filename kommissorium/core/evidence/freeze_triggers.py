"""Database triggers that make rows unchangeable, for SQLite and PostgreSQL.

A guard refuses UPDATE and DELETE of the rows a condition names. A whole table frozen from
birth also refuses TRUNCATE and, on SQLite, INSERT OR REPLACE, which would delete unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.special import RunPython

MESSAGE = "frozen: this row can never change"


class Triggers(RunPython):
    """A migration step that makes triggers. It asks for no models, so none are built for it."""

    def database_forwards(
        self, _app_label: str, schema_editor: Any, from_state: Any, _to_state: Any
    ) -> None:
        self.code(from_state, schema_editor)


type Unique = Sequence[str | tuple[str, ...]]


def freeze_table(table: str, unique: Unique) -> Triggers:
    """Return the migration step that freezes every row of `table` from its birth.

    `unique` names the columns, alone or together, by which a REPLACE could find an old row.
    """

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        guard_rows(editor, table, "TRUE" if _postgresql(editor) else "1")
        if not _postgresql(editor):
            _refuse_replace(editor, table, unique, "1")

    return Triggers(forwards, _thaw(table))


def freeze_rows(table: str, condition: str, unique: Unique = ()) -> Triggers:
    """Return the migration step that freezes the rows of `table` for which `condition` is true.

    The condition is SQL over OLD, read before the change, that both databases understand.
    """

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        guard_rows(editor, table, condition)
        if not _postgresql(editor):
            _refuse_replace(editor, table, unique, condition.replace("OLD.", "was."))

    return Triggers(forwards, _thaw(table))


def refuse_new_rows(table: str, condition: str, *, parent: str = "") -> Triggers:
    """Return the migration step that refuses rows to be inserted, or moved in by UPDATE.

    The condition is SQL over NEW that both databases understand. With `parent`, the column that
    says where a row belongs, only an UPDATE of that column moves a row in; without it every one.
    """

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if _postgresql(editor):
            came = f" AND (TG_OP = 'INSERT' OR OLD.{parent} <> NEW.{parent})" if parent else ""
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN IF ({condition}){came} THEN RAISE EXCEPTION '{MESSAGE}' "
                "USING ERRCODE = '23514'; END IF; RETURN NEW; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_no_new BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_closed()"
            )
            return
        for verb in ("INSERT", "UPDATE"):
            also = f" AND OLD.{parent} <> NEW.{parent}" if parent and verb == "UPDATE" else ""
            editor.execute(
                f"CREATE TRIGGER {table}_no_new_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN ({condition}){also} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )

    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if _postgresql(editor):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_new ON {table}")
            return
        for verb in ("insert", "update"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_new_{verb}")

    return Triggers(forwards, backwards)


def refuse_changes(
    table: str, columns: Sequence[str], condition: str, *, name: str = "keep"
) -> Triggers:
    """Return the migration step that refuses changes of some columns, and deletion.

    The condition is SQL over OLD that both databases understand; other columns stay free.
    `name` tells several such steps on one table apart.
    """

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        differs = "IS DISTINCT FROM" if _postgresql(editor) else "IS NOT"
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
        _refuse_verb(editor, table, name, "UPDATE", f"({condition}) AND ({changed})")
        _refuse_verb(editor, table, name, "DELETE", condition)

    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for verb in ("update", "delete"):
            on = f" ON {table}" if _postgresql(editor) else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}_{verb}{on}")

    return Triggers(forwards, backwards)


def _refuse_verb(
    editor: BaseDatabaseSchemaEditor, table: str, step: str, verb: str, condition: str
) -> None:
    name = f"{table}_{step}_{verb.lower()}"
    if _postgresql(editor):
        row = "OLD" if verb == "DELETE" else "NEW"
        editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF ({condition}) THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23514'; "
            f"END IF; RETURN {row}; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        return
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def guard_rows(editor: BaseDatabaseSchemaEditor, table: str, condition: str) -> None:
    """Make the triggers that refuse UPDATE, DELETE and TRUNCATE."""
    if _postgresql(editor):
        _guard_postgresql(editor, table, condition)
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def _guard_postgresql(editor: BaseDatabaseSchemaEditor, table: str, condition: str) -> None:
    editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF ({condition}) THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23514'; "
        "END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    editor.execute(
        "CREATE OR REPLACE FUNCTION kommissorium_no_truncate() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23514'; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
    )
    editor.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kommissorium_no_truncate()"
    )


def _refuse_replace(
    editor: BaseDatabaseSchemaEditor, table: str, unique: Unique, condition: str
) -> None:
    if not unique:
        return
    keys = [(key,) if isinstance(key, str) else key for key in unique]
    same = " OR ".join(
        "(" + " AND ".join(f"was.{column} = NEW.{column}" for column in key) + ")" for key in keys
    )
    editor.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 names are ours
        f"WHEN EXISTS (SELECT 1 FROM {table} AS was WHERE ({same}) AND ({condition})) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _thaw(table: str) -> Any:
    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if _postgresql(editor):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
            return
        for name in ("no_update", "no_delete", "no_replace"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")

    return backwards


def _postgresql(editor: BaseDatabaseSchemaEditor) -> bool:
    return editor.connection.vendor == "postgresql"
