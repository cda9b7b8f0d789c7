"""Records events in the evidence chain, seals and keeps what was written, and freezes records."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from kommissorium.core.evidence.canonical import GENESIS, canonical, instant, sha256
from kommissorium.core.evidence.models import Actor, Event, Record, RowVersion, reference
from kommissorium.core.evidence.sealed_tables import kept_tables, rows_there, sealed_tables
from kommissorium.core.evidence.verifier import BEGAN, CHANGED, ERASED, event_hash, row_salt, seal
from kommissorium.core.evidence.written_rows import Row, Written, take

NONE = ""  # of an event that wrote no row


def seals_of(rows: Mapping[Row, Written], salt: bytes) -> str:
    """Return the seals of these rows as the canonical JSON that an event keeps.

    By table and key: the seal of what the row held before, and of what it holds now ("" where
    there was or is none).
    """
    tables: dict[str, dict[str, list[str]]] = {}
    for (table, key), written in rows.items():
        own = row_salt(salt, table, key)
        tables.setdefault(table, {})[key] = [seal(own, written.was), seal(own, written.now)]
    return json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def database_salt(connection: BaseDatabaseWrapper) -> bytes:
    """Return the salt of this database, read once for each connection."""
    holder: Any = connection
    kept = getattr(holder, "salt_of", None)
    if kept is None or kept[0] is not connection.connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT value FROM core_salt")
            kept = (connection.connection, bytes.fromhex(cursor.fetchone()[0]))
        holder.salt_of = kept
    salt: bytes = kept[1]
    return salt


_KEEP = 'INSERT INTO core_rowversion (event_id, "table", key, text) VALUES (%s, %s, %s, %s)'


def keep(seq: int, rows: Mapping[Row, Written]) -> None:
    """Keep the values of rows from an event on, and that rows are gone."""
    kept = set(kept_tables()) if rows else ()
    new = [
        (seq, *row, written.text)
        for row, written in rows.items()
        if (written.text or not written.now) and row[0] in kept
    ]
    if new:
        # Every write does this, too, and the ORM words it anew each time.
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP, new)


def erase_former(*rows: models.Model) -> dict[str, dict[str, list[str]]]:
    """Erase what these rows held before; return the facts that the following event tells of it.

    That event is recorded after whatever changes or removes the rows: what they hold now stays.
    """
    erased: dict[str, list[str]] = {}
    for row in rows:
        table = sealed_tables()[row._meta.db_table]  # noqa: SLF001 Django's documented model API
        versions = RowVersion.objects.filter(table=table.name, key=str(row.pk))
        now = dict(rows_there(connection, table, row.pk)).get(str(row.pk), "")
        versions.exclude(text__in=("", now)).update(text=None)
        erased.setdefault(table.name, []).append(str(row.pk))
    return {ERASED: erased}


def made_by(seq: int, row: models.Model) -> bool:
    """Return whether an event made the row: before it there was none."""
    act, seals = Event.objects.filter(pk=seq).values_list("act", "seals").get()
    if act in {BEGAN, CHANGED}:
        return False  # it sealed rows that were there
    was, _now = json.loads(seals)[row._meta.db_table][str(row.pk)]  # noqa: SLF001 as above
    return not was


# Who is told of the rows that an event seals, in its transaction and before it is written. What is
# sealed without an act of ours, as by a migration, is not told.
SEALED: list[Callable[[Mapping[Row, Written]], None]] = []
MOVED_AWAY = "core.moved_away"  # the last event of a database that another one goes on from
IMPORTED = "core.all_imported"  # what comes after, where it is brought in again
_HEAD = "SELECT seq, hash, act FROM core_event ORDER BY seq DESC LIMIT 1"
COLUMNS = (  # as _APPEND names them
    *("seq", "at", "actor", "act", "object_kind", "object_id", "facts", "content_hash"),
    *("seals", "seals_hash", "previous_hash", "hash"),
)
_APPEND = (
    "INSERT INTO core_event (seq, at, actor, act, object_kind, object_id, facts, content_hash,"
    " seals, seals_hash, previous_hash, hash)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def record(
    act: str,
    subject: models.Model,
    *,
    by: Actor | None,
    facts: Mapping[str, Any] | None = None,
    rows: Mapping[Row, Written] | None = None,
) -> Event:
    """Append an event to the chain, in the transaction of the change it tells of.

    `act` is "room.what_was_done"; `by` is None when the program itself acted. `facts` may
    hold text, whole numbers, booleans, dates, lists and mappings, but no personal names.
    The event seals every row the transaction wrote since its last one, so it comes after them;
    only a sealing of rows nobody wrote gives `rows` itself.
    Raises RuntimeError outside a transaction: the change and its event stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() needs the transaction of the change it records")
    return append(act, subject, by=by, facts=facts, rows=rows)


def append(
    act: str,
    subject: models.Model,
    *,
    by: Actor | None,
    facts: Mapping[str, Any] | None = None,
    rows: Mapping[Row, Written] | None = None,
) -> Event:
    """Append an event as `record` does, to whatever transaction there is."""
    if rows is None:
        rows = take(connection)
        for hear in SEALED if rows else ():
            hear(rows)
    seals = seals_of(rows, database_salt(connection)) if rows else NONE
    sequence, previous, last = _head()
    if last == MOVED_AWAY and act != IMPORTED:
        raise RuntimeError("this database was moved: the other one goes on")
    text = canonical(facts or {})
    kind, key = reference(subject)
    now = timezone.now()
    fields = {
        "seq": sequence + 1,
        "at": instant(now),
        "actor": str(by.pseudonym) if by else "system",
        "act": act,
        "object_kind": kind,
        "object_id": key,
        "content_hash": sha256(text),
        "seals_hash": sha256(seals),
        "previous_hash": previous,
    }
    values = {**fields, "at": now, "facts": text, "seals": seals, "hash": event_hash(fields)}
    event = _append(values)
    keep(event.seq, rows)
    return event


@transaction.atomic
def freeze(
    kind: str,
    subject: models.Model,
    *,
    by: Actor | None,
    content: Mapping[str, Any],
    pdf: bytes | None = None,
) -> Record:
    """Keep a call, an approved text or a report as the bytes it has now.

    The event that seals it carries the hashes of both content and PDF.
    """
    text = canonical(content)
    hashes = {"content_hash": sha256(text), "pdf_hash": sha256(pdf) if pdf else ""}
    event = record("core.record_frozen", subject, by=by, facts={"kind": kind, **hashes})
    return Record.objects.create(
        kind=kind,
        object_kind=event.object_kind,
        object_id=event.object_id,
        at=event.at,
        content=text,
        pdf=pdf,
        event=event,
        **hashes,
    )


def _append(values: Mapping[str, Any]) -> Event:
    # Every write does this, too, and the ORM words it anew each time.
    stored = {**values, "at": connection.ops.adapt_datetimefield_value(values["at"])}
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [stored[name] for name in COLUMNS])
    return Event.from_db(connection.alias, COLUMNS, [values[name] for name in COLUMNS])


def _head() -> tuple[int, str, str]:
    """Return number, hash and act of the last event; for an empty chain the first one's predecessor.

    Nobody else writes until the transaction ends (core/database/transactions.py, SQLite's IMMEDIATE).
    """
    # Every write asks this: the ORM would be longer at wording the question than at asking it.
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        found: tuple[int, str, str] | None = cursor.fetchone()
    return found or (0, GENESIS, "")
