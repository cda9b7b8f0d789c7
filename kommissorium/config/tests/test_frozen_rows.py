"""Twelve ways to change what is settled, in every table that holds some: the database refuses each.

What is settled is asked of the database itself: a row of which it refuses to write a column anew
with the value it has. Columns that stay free, as who has read a text, are found in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from kommissorium.core.evidence.freeze_triggers import MESSAGE
from kommissorium.core.evidence.sealed_tables import triggers_there
from kommissorium.core.tests.deep import rounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples", "db")]

ON_SQLITE = connection.vendor == "sqlite"
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
ROWS = rounds(2, 50)  # of a table
FEWEST_TABLES, FEWEST_ROWS = 15, 20


@dataclass(frozen=True)
class Frozen:
    """A row, and a column of it that may not be written."""

    row: models.Model
    field: models.Field

    @property
    def table(self) -> str:
        return str(self.row._meta.db_table)

    @property
    def found(self) -> models.QuerySet:
        return type(self.row)._base_manager.filter(pk=self.row.pk)

    @property
    def key(self) -> str:
        return str(self.row._meta.pk.column)

    def run(self, statement: str) -> None:
        """Run a statement on this row; {t} is its table, {c} the column, {k} its key."""
        names = {"t": self.table, "c": f'"{self.field.column}"', "k": f'"{self.key}"'}
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**names), [self.row.pk])

    def columns(self) -> str:
        meta = self.row._meta
        return ", ".join(f'"{field.column}"' for field in meta.local_concrete_fields)


def guarded_tables() -> list[str]:
    """Return the tables with triggers that are not those of the seals."""
    found = {table for table, name, _text in triggers_there(connection) if "_seal_" not in name}
    return sorted(found & {*MODELS})


def refused(act: Callable[[], object]) -> bool:
    """Return whether the database refuses it because of what is frozen."""
    try:
        with transaction.atomic():
            act()
            if not ON_SQLITE:
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return MESSAGE in str(error)
    return False


def frozen_rows() -> Iterator[Frozen]:
    """Yield some rows of each guarded table, each with the first column that is frozen."""
    for table in guarded_tables():
        model, number = MODELS[table], 0
        for row in model._base_manager.order_by("pk")[:200]:
            for field in model._meta.local_concrete_fields:
                one = Frozen(row, field)
                if not field.generated and refused(ways_to_write(one)["raw"]):
                    yield one
                    number += 1
                    break
            if number == ROWS:
                break


def ways_to_write(one: Frozen) -> dict[str, Callable[[], object]]:
    """Return the ways to write a row anew, if only with what it says."""
    name, columns = one.field.attname, one.columns()
    value = getattr(one.row, name)
    first = one.field.column
    copy = f"SELECT {columns} FROM {{t}} WHERE {{k}} = %s"
    upsert = "INSERT INTO {t} (" + columns + ") " + copy.format(t="{t}", k="{k}")
    ways: dict[str, Callable[[], object]] = {
        "raw": lambda: one.run("UPDATE {t} SET {c} = {c} WHERE {k} = %s"),
        "update()": lambda: one.found.update(**{name: value}),
        "update_from": lambda: one.run(
            "UPDATE {t} SET {c} = other.{c} FROM {t} AS other WHERE other.{k} = {t}.{k} AND {t}.{k} = %s"
        ),
        "upsert": lambda: one.run(
            f'{upsert} ON CONFLICT ({{k}}) DO UPDATE SET {{c}} = excluded."{first}"'
        ),
    }
    if not one.field.primary_key:
        ways |= {
            "save()": lambda: one.row.save(force_update=True, update_fields=[one.field.name]),
            "bulk_update()": lambda: type(one.row)._base_manager.bulk_update(
                [one.row], [one.field.name]
            ),
        }
    if ON_SQLITE:
        ways["update or replace"] = lambda: one.run(
            "UPDATE OR REPLACE {t} SET {c} = {c} WHERE {k} = %s"
        )
    return ways


def ways_to_remove(one: Frozen) -> dict[str, Callable[[], object]]:
    """Return the ways to be rid of a row."""
    ways: dict[str, Callable[[], object]] = {
        "delete raw": lambda: one.run("DELETE FROM {t} WHERE {k} = %s"),
        "_raw_delete()": lambda: one.found._raw_delete(one.found.db),
        "all at once": lambda: one.run("DELETE FROM {t} WHERE %s IS NOT NULL"),
    }
    if ON_SQLITE:
        columns = one.columns()
        ways["replace"] = lambda: one.run(
            f"REPLACE INTO {{t}} ({columns}) SELECT {columns} FROM {{t}} WHERE {{k}} = %s"
        )
    return ways


def test_what_is_settled_is_written_by_none_of_these_ways() -> None:
    found = list(frozen_rows())
    assert len({one.table for one in found}) >= FEWEST_TABLES
    assert len(found) >= FEWEST_ROWS
    written = [
        f"{one.table} {one.row.pk}: {way}"
        for one in found
        for way, act in ways_to_write(one).items()
        if not refused(act)
    ]
    assert written == []


def test_what_is_settled_is_removed_by_none_of_these_ways() -> None:
    removed = [
        f"{one.table} {one.row.pk}: {way}"
        for one in frozen_rows()
        for way, act in ways_to_remove(one).items()
        if not refused(act)
    ]
    assert removed == []
