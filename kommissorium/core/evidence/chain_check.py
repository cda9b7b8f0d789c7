"""Checks this database's own evidence: the chain, what it sealed, and its files and anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kommissorium.core.database.transactions import out_of_turn
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.canonical import GENESIS, instant, sha256
from kommissorium.core.evidence.models import Anchor, Event, Record, RowVersion, Salt
from kommissorium.core.evidence.sealed_tables import (
    SealedTable,
    kept_tables,
    rows_there,
    sealed_columns,
    sealed_tables,
    triggers_by_table,
)
from kommissorium.core.files.models import StoredFile

EVENT_FIELDS = (*verifier.SIGNED, "facts", "seals", "hash")


def chain() -> Iterator[dict[str, Any]]:
    """Yield every event, oldest first, in the form the verifier reads."""
    for event in Event.objects.order_by("seq").values(*EVENT_FIELDS).iterator(2000):
        yield {**event, "at": instant(event["at"])}


def check_database(
    noted: Iterable[verifier.Anchor] = (), *, progress: verifier.Said | None = None
) -> verifier.Report:
    """Check chain, records, sealed rows, triggers, files, and all anchors.

    `noted` are anchors from elsewhere; those kept here and in `anchors.txt` are always asked.
    """
    report = verifier.Report(progress=progress or (lambda _text: None))
    with snapshot():
        found = verifier.Chain()
        with _told("the events", report):
            found = verifier.check_events(chain(), report, [*_kept_anchors(report), *noted])
        with _told("the frozen records", report):
            for row in Record.objects.order_by("pk").iterator(50):
                verifier.check_record(record_fields(row), found, report)
        verifier.check_missing(found, report)
        with _told("the sealing", report):
            _check_sealing(found, report)
        for table in sealed_tables().values():
            with _told(f"the rows of {table.name}", report):
                for key, own_salt, text in rows_with_salt(table):
                    seal = verifier.seal(own_salt, sha256(text))
                    verifier.check_row(table.name, key, seal, found, report)
        verifier.check_missing_rows(found, report)
        with _told("the versions of rows", report):
            for version, own_salt in versions_with_salt():
                seal = verifier.seal(own_salt, sha256(version.text))
                kept = (version.table, version.key, version.event_id)
                verifier.check_version(kept, seal, found, report)
        verifier.check_missing_versions(found, report)
        with _told("the files", report):
            _check_files(report)
    return report


@contextmanager
def _told(what: str, report: verifier.Report) -> Iterator[None]:
    """Report unreadable values as a fault: no write of the program leaves them."""
    try:
        yield
    except (DatabaseError, Salt.DoesNotExist, *verifier.UNREADABLE) as error:
        report.fault(f"{what} cannot be read: {' '.join(str(error).split())}")


def head() -> tuple[int, str]:
    """Return the number and hash of the last event; (0, zeros) for an empty chain."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return last or (0, GENESIS)


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything within as of one moment, without holding up writers."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with out_of_turn(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # atomic() would take the lock of who writes
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def rows_with_salt(table: SealedTable) -> Iterator[tuple[str, bytes, str]]:
    """Yield key, own salt and text of every row of a sealed table."""
    salt = bytes.fromhex(Salt.objects.values_list("value", flat=True).get())
    for key, text in rows_there(connection, table):
        yield key, verifier.row_salt(salt, table.name, key), text


def versions_with_salt() -> Iterator[tuple[RowVersion, bytes]]:
    """Yield every version kept of a row, with the row's own salt."""
    salt = bytes.fromhex(Salt.objects.values_list("value", flat=True).get())
    for version in RowVersion.objects.order_by("table", "key", "event").iterator(500):
        yield version, verifier.row_salt(salt, version.table, version.key)


def record_fields(row: Record) -> dict[str, Any]:
    """Return a record in the form the verifier reads."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "object_kind": row.object_kind,
        "object_id": row.object_id,
        "at": instant(row.at),
        "content": row.content,
        "content_hash": row.content_hash,
        "pdf": bytes(row.pdf) if row.pdf else b"",
        "pdf_hash": row.pdf_hash,
        "event": row.event_id,
    }


def _kept_anchors(report: verifier.Report) -> list[verifier.Anchor]:
    """Return the anchors of database and file; report where one lacks what the other has."""
    rows = {(a.on.isoformat(), a.seq, a.hash) for a in Anchor.objects.all()}
    lines = set(_anchor_lines(settings.ANCHOR_FILE, report))
    for day, seq, _value in sorted(rows - lines):
        report.fault(
            f"the anchor of {day} at event {seq} is missing in {settings.ANCHOR_FILE.name}"
        )
    for day, seq, _value in sorted(lines - rows):
        report.fault(f"the anchor of {day} at event {seq} is missing in the database")
    return [(seq, value) for _day, seq, value in sorted(rows | lines)]


def _anchor_lines(file: Path, report: verifier.Report) -> Iterator[tuple[str, int, str]]:
    if not file.exists():
        return
    for number, line in enumerate(file.read_text(encoding="ascii", errors="replace").splitlines()):
        day, _, anchor = line.partition(" ")
        try:
            yield (day, *verifier.read_anchor(anchor))
        except verifier.NoAnchor:
            report.fault(f"line {number + 1} of {file.name} is no anchor")


def _check_sealing(found: verifier.Chain, report: verifier.Report) -> None:
    """Compare salt, columns and triggers with what the sealing's last event says of them."""
    said = found.sealing
    if not said:
        report.fault("the sealing never began: no event says which tables are sealed")
        return
    salts = list(Salt.objects.values_list("value", flat=True))
    if [sha256(value) for value in salts] != [said["salt"]]:
        report.fault("the salt is not the one with which sealing began")
    if kept_tables() != said.get("kept"):
        report.fault("the program keeps versions of other tables than the last event says")
    if sealed_columns() != said["columns"]:
        report.fault(
            "the program seals other tables or columns than the database's last event says"
        )
    there = triggers_by_table(connection)
    for table in sorted({*there, *said["triggers"]}):
        wanted, present = said["triggers"].get(table, {}), there.get(table, {})
        for name in sorted({*wanted, *present}):
            if name not in present:
                report.fault(f"{table}: the trigger {name} is missing")
            elif name not in wanted:
                report.fault(f"{table}: the trigger {name} is none that the program made")
            elif wanted[name] != present[name]:
                report.fault(f"{table}: the trigger {name} is not the one that was made")


def _check_files(report: verifier.Report) -> None:
    for file in StoredFile.objects.order_by("pk").iterator(500):
        report.files += 1
        if wrong := file.what_is_wrong():
            report.fault(f"file {file.pk}: {wrong}")
