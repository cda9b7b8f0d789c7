"""Frozen rows refuse change by any road, on both databases."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from kommissorium.core.evidence.actions import freeze
from kommissorium.core.evidence.freeze_triggers import MESSAGE
from kommissorium.core.evidence.models import Event, Record

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's REPLACE")
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE")


@pytest.fixture
def frozen(cast):
    """At least one row in every frozen table."""
    return freeze("core.try", cast.committee, by=cast.chair, content={"a": 1}, pdf=b"%PDF-")


def refused(statement: str) -> None:
    """Assert that the database itself refuses the statement, and for the right reason."""
    with (
        pytest.raises(DatabaseError, match=MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


def frozen_rows(table: str) -> str:
    """Return the condition for the frozen rows of a table that holds others as well."""
    approved = "approved_at IS NOT NULL"
    return {
        "committees_mandate": approved,
        "committees_clause": (
            f"mandate_id IN (SELECT id FROM committees_mandate WHERE {approved})"
        ),
    }.get(table, "1 = 1")


TABLES = ["core_event", "core_record", "committees_mandate", "committees_clause"]


@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_a_frozen_row_can_be_written(frozen, table):
    for column in columns_of(table):
        refused(f'UPDATE {table} SET "{column}" = "{column}" WHERE {frozen_rows(table)}')


@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_row_cannot_be_deleted(frozen, table):
    if table == "committees_mandate":  # its clauses hold it too; that is another guard
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {frozen_rows(table)}")
        return
    refused(f"DELETE FROM {table} WHERE {frozen_rows(table)}")


@sqlite_only
@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_row_cannot_be_replaced(frozen, table):
    columns = ", ".join(f'"{name}"' for name in columns_of(table))
    for verb in ("REPLACE", "INSERT OR REPLACE"):
        refused(
            f"{verb} INTO {table} ({columns}) "
            f"SELECT {columns} FROM {table} WHERE {frozen_rows(table)} LIMIT 1"
        )


@sqlite_only
def test_an_event_cannot_be_replaced_by_way_of_its_hash(frozen):
    """A REPLACE that finds the old row by another unique column deletes it just the same."""
    for column in ("hash", "previous_hash"):
        rest = [name for name in columns_of("core_event") if name not in {"seq", column, "hash"}]
        values = {name: f'"{name}"' for name in rest}
        values |= {"previous_hash": "'x'", "hash": "'y'", "seq": "seq + 100000"}
        values[column] = f'"{column}"'
        names, selected = ", ".join(f'"{n}"' for n in values), ", ".join(values.values())
        refused(f"REPLACE INTO core_event ({names}) SELECT {selected} FROM core_event LIMIT 1")


@sqlite_only
def test_a_frozen_row_cannot_be_written_by_an_upsert(frozen):
    columns = ", ".join(f'"{name}"' for name in columns_of("core_event"))
    refused(
        f"INSERT INTO core_event ({columns}) SELECT {columns} FROM core_event WHERE true LIMIT 1 "
        "ON CONFLICT DO UPDATE SET act = 'forged'"
    )


@postgresql_only
@pytest.mark.parametrize("table", TABLES)
def test_a_frozen_table_cannot_be_truncated(frozen, table):
    with connection.cursor() as cursor:  # else what the test itself wrote is in the way
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {table} CASCADE")


@postgresql_only
def test_a_frozen_row_cannot_be_written_by_an_upsert_on_postgresql(frozen):
    columns = ", ".join(columns_of("core_event"))
    refused(
        f"INSERT INTO core_event ({columns}) SELECT {columns} FROM core_event LIMIT 1 "
        "ON CONFLICT (seq) DO UPDATE SET act = 'forged'"
    )


def test_the_orm_is_refused_as_well(frozen):
    for attempt in (
        lambda: Event.objects.update(act="forged"),
        lambda: Event.objects.filter(seq=1).delete(),
        lambda: Record.objects.filter(pk=frozen.pk).update(content="{}"),
        lambda: Record.objects.filter(pk=frozen.pk).delete(),
        frozen.event.save,
    ):
        with pytest.raises(DatabaseError, match=MESSAGE), transaction.atomic():
            attempt()


def test_an_approved_mandate_takes_no_new_clause(cast):
    columns = [name for name in columns_of("committees_clause") if name not in {"id", "number"}]
    names = ", ".join(f'"{name}"' for name in columns)
    refused(
        f"INSERT INTO committees_clause (number, {names}) "
        f"SELECT 'T99', {names} FROM committees_clause WHERE {frozen_rows('committees_clause')} "
        "LIMIT 1"
    )


def test_a_clause_cannot_be_moved_into_or_out_of_an_approved_mandate(cast):
    with connection.cursor() as cursor:
        columns = [n for n in columns_of("committees_mandate") if n not in {"id", "version"}]
        free = {"approved_at": "NULL", "approved_by_id": "NULL", "record_id": "NULL"}
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(free.get(name, f'"{name}"') for name in columns)
        cursor.execute(
            f"INSERT INTO committees_mandate (version, {names}) "
            f"SELECT 2, {values} FROM committees_mandate WHERE version = 1"
        )
        clause = [n for n in columns_of("committees_clause") if n not in {"id", "mandate_id"}]
        names = ", ".join(f'"{name}"' for name in clause)
        draft = "(SELECT id FROM committees_mandate WHERE version = 2)"
        cursor.execute(
            f"INSERT INTO committees_clause (mandate_id, {names}) "
            f"SELECT {draft}, {names} FROM committees_clause"
        )
        cursor.execute(f"UPDATE committees_clause SET text = 'x' WHERE mandate_id = {draft}")
        assert cursor.rowcount > 0  # a draft is free
    approved = "(SELECT id FROM committees_mandate WHERE version = 1)"
    refused(f"UPDATE committees_clause SET mandate_id = {approved} WHERE mandate_id = {draft}")
    refused(f"UPDATE committees_clause SET mandate_id = {draft} WHERE mandate_id = {approved}")
