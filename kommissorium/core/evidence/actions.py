"""Records events in the evidence chain, with seals of rows written, and freezes records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from kommissorium.core.evidence.canonical import GENESIS, canonical, instant, sha256
from kommissorium.core.evidence.models import Actor, Event, Record, reference
from kommissorium.core.evidence.seals import NONE, database_salt, seals_of
from kommissorium.core.evidence.verifier import event_hash
from kommissorium.core.evidence.versions import keep
from kommissorium.core.evidence.written_rows import Row, Written, take

# Who is told of the rows that an event seals, in its transaction and before it is written. What is
# sealed without an act of ours, as by a migration, is not told.
SEALED: list[Callable[[Mapping[Row, Written]], None]] = []
_HEAD = "SELECT seq, hash FROM core_event ORDER BY seq DESC LIMIT 1"
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
    sequence, previous = _head()
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


def _head() -> tuple[int, str]:
    """Return number and hash of the last event; for an empty chain the first one's predecessor.

    Nobody else writes until the transaction ends (core/database/turns.py, SQLite's IMMEDIATE).
    """
    # Every write asks this: the ORM would be longer at wording the question than at asking it.
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        found: tuple[int, str] | None = cursor.fetchone()
    return found or (0, GENESIS)
