"""Asks the database what is among the objects of many kinds, in one question that is cheap to word.

Each kind's own question is worded once by the ORM, and put together with the others as it is: a
condition of all kinds would be worded four times over, and a question for each is slow to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

type Among = Mapping[str, QuerySet[Any]]  # by kind, the objects that may be found


def seen_of(keys: Mapping[str, Collection[int]], among: Among) -> set[tuple[str, int]]:
    """Return which of the objects, by kind, are among those."""
    kinds, parts, values = list(keys), list[str](), list[Any]()
    for kind, sql, params in _worded({kind: among[kind] for kind in kinds if kind in among}):
        some = ", ".join(str(int(key)) for key in keys[kind])
        asked = f"SELECT {kinds.index(kind)}, pk FROM ({sql}) AS seen WHERE pk IN ({some})"  # noqa: S608
        parts.append(asked)
        values += params
    if not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {(kinds[number], key) for number, key in cursor.fetchall()}


class PassagesOf:
    """The passages of all objects that are among those."""

    def __init__(self, among: Among) -> None:
        parts, self._values = list[str](), list[Any]()
        for kind, sql, params in _worded(among):
            asked = f"SELECT id FROM core_passage WHERE kind = %s AND object_id IN ({sql})"  # noqa: S608
            parts.append(asked)
            self._values += [kind, *params]
        self._sql = " UNION ALL ".join(parts)

    def __bool__(self) -> bool:
        """Return whether there can be any."""
        return bool(self._sql)

    def are_more_than(self, number: int) -> bool:
        some = f"SELECT COUNT(*) FROM ({self._sql} LIMIT {number + 1}) AS some"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(some, self._values)
            return bool(cursor.fetchone()[0] > number)

    def keys(self) -> RawSQL:
        return RawSQL(self._sql, self._values)  # noqa: S611 the ORM worded it


def _worded(among: Among) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Yield each kind's question for its objects' keys; none for kinds that cannot have any."""
    for kind, objects in among.items():
        try:
            sql, params = objects.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        yield kind, sql, params
