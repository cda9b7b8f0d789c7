"""Any change of the database behind the program's back is found by the check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.export import write_export
from kommissorium.core.evidence.sealed_tables import SealedTable, sealed_tables
from kommissorium.core.tests.deep import examples
from kommissorium.core.tests.evidence.tampering import behind_the_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples", "db")]

TABLES = list(sealed_tables().values())

type Tampering = Callable[[SealedTable, Sequence[models.Model]], bool]


@contextmanager
def tried() -> Iterator[None]:
    """Undo everything written within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_of(table: SealedTable) -> list[models.Model]:
    """Return the first rows of a table, two at most."""
    return list(table.model._base_manager.order_by("pk")[:2])


def accepted(act: Callable[[], object]) -> bool:
    """Return whether the database accepts it; its own rules refuse some values."""
    try:
        with transaction.atomic():
            act()
    except (DatabaseError, ValueError, OverflowError):
        return False
    return True


def other(field: models.Field[Any, Any], value: Any) -> Any:
    """Return another value that a field could hold. Raises TypeError where none is known."""
    kind = field.get_internal_type()
    if value is None:
        value = "" if kind in {"CharField", "TextField", "EmailField", "URLField"} else 0
    if field.choices:
        return next(key for key, _ in field.flatchoices if key != value)
    if isinstance(value, str):
        return value[:-1] + ("x" if value[-1:] != "x" else "y")
    if kind in OTHER:
        return OTHER[kind](value)
    return value + 1


OTHER: dict[str, Callable[[Any], Any]] = {
    "BinaryField": lambda _: b"forged",
    "BooleanField": lambda value: not value,
    "DateField": lambda value: value + timedelta(days=1),
    "DateTimeField": lambda value: value + timedelta(days=1),
    "JSONField": lambda _: ["forged"],
    "TimeField": lambda value: value.replace(minute=(value.minute + 1) % 60),
    "UUIDField": lambda _: uuid4(),
}


def write(table: SealedTable, row: models.Model, field: models.Field[Any, Any]) -> bool:
    """Change one column of a row; return whether the database accepted it."""
    value = getattr(row, field.attname)
    try:
        new = other(field, value)
    except TypeError:
        return False
    found = table.model._base_manager.filter(pk=row.pk)
    return accepted(lambda: found.update(**{field.attname: new}))


def sealed_fields(table: SealedTable) -> list[models.Field[Any, Any]]:
    fields = table.model._meta.local_fields
    return [
        field
        for field in fields
        if field.column in table.columns and not field.primary_key and not field.generated
    ]


def changed(table: SealedTable, rows: Sequence[models.Model]) -> bool:
    return any(write(table, rows[0], field) for field in sealed_fields(table))


def deleted(table: SealedTable, rows: Sequence[models.Model]) -> bool:
    found = table.model._base_manager.filter(pk=rows[0].pk)
    return accepted(lambda: found._raw_delete(found.db))


def added(table: SealedTable, rows: Sequence[models.Model]) -> bool:
    """Add a row like another; if it may only be there once, move it to another key."""
    pk = table.model._meta.pk
    key = "f" * 64 if isinstance(rows[0].pk, str) else rows[0].pk + 1_000_000

    def insert() -> None:
        names = ", ".join(f'"{column.column}"' for column in table.model._meta.local_fields)
        values = names.replace(f'"{pk.column}"', "%s", 1)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name}"
                f' WHERE "{pk.column}" = %s',
                [key, rows[0].pk],
            )

    found = table.model._base_manager.filter(pk=rows[0].pk)
    return accepted(insert) or accepted(lambda: found.update(**{pk.attname: key}))


def swapped(table: SealedTable, rows: Sequence[models.Model]) -> bool:
    """Swap two rows."""
    if len(rows) != 2 or isinstance(rows[0].pk, str):
        return False
    pk, (first, second) = table.model._meta.pk, (row.pk for row in rows)

    def swap() -> None:
        for old, new in ((first, 2_000_000), (second, first), (2_000_000, second)):
            table.model._base_manager.filter(pk=old).update(**{pk.attname: new})

    return accepted(swap)


SAID = {
    changed: r"(\w+) \S+ is not what event \d+ \(\S+\) sealed",
    deleted: r"(\w+) \S+ is missing: event \d+ \(\S+\) sealed it",
    added: r"(\w+) \S+ was added without an event",
    swapped: r"(\w+) \S+ is not what event \d+ \(\S+\) sealed",
}


def faults_of_export() -> list[str]:
    """Return the faults that somebody finds who has the export alone."""
    target = BytesIO()
    write_export(target)
    return verifier.check_export(target, []).faults


@pytest.mark.parametrize("tampering", SAID, ids=lambda one: one.__name__)
def test_it_shows_in_every_sealed_table(tampering: Tampering, monkeypatch: Any) -> None:
    monkeypatch.setattr(verifier, "MOST_NAMED", 10_000)
    touched = set()
    with tried():
        with behind_the_back():
            for table in TABLES:
                rows = rows_of(table)
                if rows and tampering(table, rows):
                    touched.add(table.name)
        for faults in (check_database().faults, faults_of_export()):
            named = {
                found[1] for fault in faults if (found := re.fullmatch(SAID[tampering], fault))
            }
            assert named == touched
    assert len(touched) >= FEWEST[tampering], sorted({table.name for table in TABLES} - touched)
    assert check_database().faults == []


# Of some tables the samples have no row, or one alone; what is here keeps the test from emptying.
FEWEST = {changed: 55, deleted: 55, added: 55, swapped: 25}


@settings(max_examples=examples(10, 25))
@given(data=st.data())
def test_any_column_of_any_row_is_covered(data: st.DataObject) -> None:
    table = data.draw(
        st.sampled_from([table for table in TABLES if table.model._base_manager.exists()])
    )
    row = data.draw(st.sampled_from(list(table.model._base_manager.order_by("pk"))))
    field = data.draw(st.sampled_from(sealed_fields(table) or [table.model._meta.pk]))
    with tried():
        with behind_the_back():
            taken = write(table, row, field)
        faults = check_database().faults
        told = [one for one in faults if one.startswith(f"{table.name} {row.pk} is not what")]
        assert bool(told) == taken
        # Of a stored file it is also told that the disk has another one.
        assert all(str(row.pk) in fault for fault in faults)
