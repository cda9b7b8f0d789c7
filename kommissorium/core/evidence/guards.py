"""What guards a database beside its triggers: columns, constraints, unique indexes; and its key.

And what may stand in the way of its rows, of which the program makes none: views, rules, rows hidden.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from kommissorium.core.evidence.canonical import sha256

TABLE = "table"  # what the part is called that holds columns, NOT NULL and checks

type Parts = dict[str, dict[str, str]]  # by table the SHA-256 of each of its parts

# What a part is called that is no trigger, no constraint and no index.
WHAT = {TABLE: "the table with its columns", "view": "the view", "row security": "row security"}

# Indexes that guard nothing may be made and dropped as who runs the database sees fit.
_GUARDING = ("sql LIKE 'CREATE UNIQUE %'", "i.indisunique")
_ALL = ("type = 'index'", "true")
_SQLITE = """
    SELECT tbl_name, CASE type WHEN 'index' THEN name ELSE type END, sql FROM sqlite_master
    WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'
        AND (type IN ('table', 'view') OR {})
"""
_POSTGRESQL = """
    SELECT c.relname, 'table', string_agg(concat_ws(' ', a.attname,
        format_type(a.atttypid, a.atttypmod), a.attidentity, a.attgenerated, a.attnotnull), ', '
        ORDER BY a.attname)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname
    UNION ALL
    SELECT c.relname, k.conname, concat_ws(' ', pg_get_constraintdef(k.oid, true),
        (SELECT string_agg(t.tgenabled::text, '') FROM pg_trigger t WHERE t.tgconstraint = k.oid))
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = current_schema()::regnamespace AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    UNION ALL
    SELECT c.relname, n.relname, concat_ws(' ', pg_get_indexdef(n.oid, 0, true), i.indisvalid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND {} AND NOT EXISTS
        (SELECT 1 FROM pg_constraint k WHERE k.conindid = n.oid AND k.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT c.relname, concat('default of ', a.attname), pg_get_expr(d.adbin, d.adrelid)
    FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
    WHERE c.relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT relname, 'view', '' FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm', 'f')
    UNION ALL
    SELECT relname, 'row security', '' FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND (relrowsecurity OR relforcerowsecurity)
    UNION ALL
    SELECT tablename, concat('rule ', rulename), definition FROM pg_rules
    WHERE schemaname = current_schema()
    UNION ALL
    SELECT 'database', name, setting FROM pg_settings
    WHERE name = 'session_replication_role' AND setting <> 'origin'
"""
# PostgreSQL words the casts and brackets of a check in another way once it was restored.
_CASTS = re.compile(
    r"::[a-z_]+(?: varying| precision| with(?:out)? time zone)?(?:\(\d+\))?(?:\[\])?|[()\s]"
)


def guards_by_table(connection: BaseDatabaseWrapper) -> Parts:
    """Return by table the SHA-256 of its shape, and of each of its constraints and unique indexes."""
    tables: Parts = {}
    for table, name, text in parts_there(connection):
        tables.setdefault(table, {})[name] = sha256(text)
    return tables


def parts_there(
    connection: BaseDatabaseWrapper, *, all_indexes: bool = False
) -> list[tuple[str, str, str]]:
    """Return table, name and text of what guards a database; with all its indexes if asked."""
    is_sqlite = connection.vendor == "sqlite"
    question = _SQLITE if is_sqlite else _POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(question.format((_ALL if all_indexes else _GUARDING)[not is_sqlite]))
        found: list[tuple[str, str, str]] = sorted(cursor.fetchall())
    if is_sqlite:
        return found
    return [(t, name, text if name == TABLE else _CASTS.sub("", text)) for t, name, text in found]


def differences(wanted: Parts, there: Parts, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the table and a line for every part that is missing, another one or too many."""
    for table in sorted({*there, *wanted}):
        made, present = wanted.get(table, {}), there.get(table, {})
        for name in sorted({*made, *present}):
            what = WHAT.get(name, f"the {kind} {name}")
            if name not in present:
                yield table, f"{table}: {what} is missing"
            elif name not in made:
                yield table, f"{table}: {what} is none that the program made"
            elif made[name] != present[name]:
                yield table, f"{table}: {what} is not the one that was made"


def key_print(salt: str) -> str:
    """Return the print of the signing key: with the salt, so that nobody can guess a short key."""
    return hmac.digest(salt.encode(), f"key {settings.SECRET_KEY}".encode(), "sha256").hex()
