"""Reads rows so that one that cannot be read is a fault of its own and hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.models import Salt
from kommissorium.core.evidence.sealed_tables import SealedTable, keys_there, rows_there

UNREADABLE = (DatabaseError, Salt.DoesNotExist, *verifier.UNREADABLE)
AT_ONCE = 500


@contextmanager
def told(about: str, what: str, report: verifier.Report) -> Iterator[None]:
    """Report unreadable values as a fault: no write of the program leaves them."""
    try:
        with _apart():
            yield
    except UNREADABLE as error:
        report.unreadable(about, what, error)


def readable[T](
    rows: QuerySet[Any, Any], read: Callable[[Any], T], report: verifier.Report, what: str
) -> Iterator[T]:
    """Yield what `read` makes of each row, in the order of their keys."""
    rows = rows.order_by("pk")
    last: Any = None
    while True:
        after = rows if last is None else rows.filter(pk__gt=last)
        keys = list(after.values_list("pk", flat=True)[:AT_ONCE])
        if not keys:
            return
        last = keys[-1]
        try:
            with _apart():
                found = [read(row) for row in rows.filter(pk__in=keys)]
        except UNREADABLE:
            found = list(_one_by_one(rows, keys, read, report, what))
        yield from found


def readable_rows(table: SealedTable, report: verifier.Report) -> Iterator[tuple[str, str]]:
    """Yield key and text of every row of a sealed table."""
    seen = set()
    try:
        with _apart():
            for key, text in rows_there(connection, table):
                seen.add(key)
                yield key, text
    except UNREADABLE:
        for one in keys_there(connection, table):
            if str(one) not in seen:
                with told(table.name, f"{table.name} {one}", report), _apart():
                    yield from list(rows_there(connection, table, one))


def _one_by_one[T](
    rows: QuerySet[Any, Any],
    keys: list[Any],
    read: Callable[[Any], T],
    report: verifier.Report,
    what: str,
) -> Iterator[T]:
    for key in keys:
        with told(f"{what}s", f"{what} {key}", report):
            with _apart():
                found = read(rows.get(pk=key))
            yield found


def _apart() -> AbstractContextManager[None]:
    """Let a question fail by itself, where else it would end the transaction it is asked in."""
    if connection.vendor == "postgresql":
        return transaction.atomic()
    return nullcontext()
