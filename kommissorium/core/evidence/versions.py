"""Keeps each version of the rows of things that have a past to be looked at (past.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import batched

from django.db import connection, models

from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.evidence.sealed_tables import kept_tables
from kommissorium.core.evidence.verifier import BEGAN, CHANGED, ERASED
from kommissorium.core.evidence.written_rows import Row, Written

_KEEP = 'INSERT INTO core_rowversion (event_id, "table", key, text) VALUES (%s, %s, %s, %s)'
_AT_ONCE = 500


def keep(seq: int, rows: Mapping[Row, Written]) -> None:
    """Keep the values of rows from an event on; rows that are gone leave none."""
    new = [(seq, *row, written.text) for row, written in rows.items() if written.text]
    if new:
        # Every write does this, too, and the ORM words it anew each time.
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP, new)
    gone: dict[str, list[str]] = {}
    for (table, key), written in rows.items():
        if not written.now and table in kept_tables():
            gone.setdefault(table, []).append(key)
    for table, keys in gone.items():
        for some in batched(keys, _AT_ONCE):
            RowVersion.objects.filter(table=table, key__in=some).delete()


def erase_former(row: models.Model) -> dict[str, str]:
    """Erase all versions of a row; return the facts that the following event tells of it.

    That event is about the row and changes it, so that one version is kept: what it holds now.
    """
    table = row._meta.db_table  # noqa: SLF001 Django's documented model API
    RowVersion.objects.filter(table=table, key=str(row.pk)).delete()
    return {ERASED: "erased"}


def made_by(seq: int, row: models.Model) -> bool:
    """Return whether an event made the row: before it there was none."""
    act, seals = Event.objects.filter(pk=seq).values_list("act", "seals").get()
    if act in {BEGAN, CHANGED}:
        return False  # it sealed rows that were there
    was, _now = json.loads(seals)[row._meta.db_table][str(row.pk)]  # noqa: SLF001 as above
    return not was
