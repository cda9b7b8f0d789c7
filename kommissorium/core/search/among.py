"""Asks the database which objects of many kinds are in a set, in one query that is cheap to build.

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
    """Return those of the objects, by kind, that are in `among`."""
    kinds, parts, values = list(keys), list[str](), list[Any]()
    for kind, sql, params in _worded({kind: among[kind] for kind in kinds if kind in among}):
        some = ", ".join(str(int(key)) for key in keys[kind])
        asked = f"SELECT {kinds.index(kind)}, pk FROM ({sql}) AS seen WHERE pk IN ({some})"  # noqa: S608
        parts.append(asked)
        values += params
    return {(kinds[number], key) for number, key in _rows(" UNION ALL ".join(parts), values)}


def few_of(among: Among, most: int) -> dict[str, list[int]] | None:
    """Return the keys in `among` by kind, if there are no more than `most`; else None."""
    kinds, parts, values = list(among), list[str](), list[Any]()
    for kind, sql, params in _worded(among):
        parts.append(f"SELECT {kinds.index(kind)}, pk FROM ({sql}) AS seen")  # noqa: S608
        values += params
    rows = _rows(f"{' UNION ALL '.join(parts)} LIMIT {most + 1}" if parts else "", values)
    found: dict[str, list[int]] = {}
    for number, key in rows:
        found.setdefault(kinds[number], []).append(key)
    return found if len(rows) <= most else None


def passages_of(among: Among) -> RawSQL:
    """Return the query for the keys of all passages of the objects in `among`."""
    parts, values = list[str](), list[Any]()
    for kind, sql, params in _worded(among):
        asked = f"SELECT id FROM core_passage WHERE kind = %s AND object_id IN ({sql})"  # noqa: S608
        parts.append(asked)
        values += [kind, *params]
    return RawSQL(" UNION ALL ".join(parts), values)  # noqa: S611 the ORM worded it


def _rows(sql: str, values: list[Any]) -> list[tuple[int, int]]:
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _worded(among: Among) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Yield each kind's query for its objects' keys; none for kinds that cannot have any."""
    for kind, objects in among.items():
        try:
            sql, params = objects.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        yield kind, sql, params
