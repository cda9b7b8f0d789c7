"""Checks this database's own evidence: the chain, what it sealed, and its files and anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from kommissorium.core.database.transactions import out_of_turn
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.canonical import GENESIS, instant, sha256
from kommissorium.core.evidence.guards_check import SEALING, check_sealing
from kommissorium.core.evidence.models import Anchor, Event, Record, RowVersion, Salt
from kommissorium.core.evidence.readable import readable, readable_rows, told
from kommissorium.core.evidence.sealed_tables import SealedTable, rows_there, sealed_tables
from kommissorium.core.evidence.time_stamps import check_stamps
from kommissorium.core.files.leftovers import kept_files, why_strange
from kommissorium.core.files.models import StoredFile

FILES, VERSIONS = "files", "versions of rows"  # groups of faults

EVENT_FIELDS = (*verifier.SIGNED, "facts", "seals", "hash")


def chain() -> Iterator[dict[str, Any]]:
    """Yield every event, oldest first, in the form the verifier reads."""
    yield from map(_event, Event.objects.order_by("seq").values(*EVENT_FIELDS).iterator(2000))


def _event(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "at": instant(fields["at"])}


def check_database(
    noted: Iterable[verifier.Anchor] = (), *, progress: verifier.Said | None = None
) -> verifier.Report:
    """Check chain, records, sealed rows, guards, files, and all anchors with their time stamps.

    `noted` are anchors from elsewhere; those kept here and in `anchors.txt` are always asked.
    """
    report = verifier.Report(progress=progress or (lambda _text: None))
    lying = list(kept_files())  # before what is known: a file lies there before its row does
    with snapshot():
        found = verifier.Chain()
        with told(verifier.EVENTS, "the events", report):
            events = readable(Event.objects.values(*EVENT_FIELDS), _event, report, "event")
            found = verifier.check_events(events, report, [*_kept_anchors(report), *noted])
        with told(verifier.RECORDS, "the frozen records", report):
            for record in readable(Record.objects.all(), record_fields, report, "record"):
                verifier.check_record(record, found, report)
        verifier.check_missing(found, report)
        with told(SEALING, "the sealing", report):
            check_sealing(found, report)
        _check_rows(found, report)
        _check_files(lying, report)
        with told(verifier.ANCHORS, "the time stamps", report):
            check_stamps(report)
    return report


def _check_rows(found: verifier.Chain, report: verifier.Report) -> None:
    """Check the rows that are there against their last seals, and their versions against theirs."""
    with told(SEALING, "the salt", report):
        salt = bytes.fromhex(Salt.objects.values_list("value", flat=True).get())
        for table in sealed_tables().values():
            with told(table.name, f"the rows of {table.name}", report):
                for key, text in readable_rows(table, report):
                    own = verifier.row_salt(salt, table.name, key)
                    verifier.check_row(
                        table.name, key, verifier.seal(own, sha256(text)), found, report
                    )
        verifier.check_missing_rows(found, report)

        def sealed(version: RowVersion) -> tuple[tuple[str, str, int], str | None]:
            own = verifier.row_salt(salt, version.table, version.key)
            kept = (version.table, version.key, version.event_id)
            return kept, verifier.version_seal(own, version.text)

        with told(VERSIONS, "the versions of rows", report):
            for kept, seal in readable(RowVersion.objects.all(), sealed, report, "version"):
                verifier.check_version(kept, seal, found, report)
        verifier.check_missing_versions(found, report)


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
    for version in RowVersion.objects.order_by("table", "key", "event_id").iterator(500):
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
            verifier.ANCHORS,
            f"the anchor of {day} at event {seq} is missing in {settings.ANCHOR_FILE.name}",
        )
    for day, seq, _value in sorted(lines - rows):
        report.fault(
            verifier.ANCHORS, f"the anchor of {day} at event {seq} is missing in the database"
        )
    return [(seq, value) for _day, seq, value in sorted(rows | lines)]


def _anchor_lines(file: Path, report: verifier.Report) -> Iterator[tuple[str, int, str]]:
    if not file.exists():
        return
    for number, line in enumerate(file.read_text(encoding="ascii", errors="replace").splitlines()):
        day, _, anchor = line.partition(" ")
        try:
            yield (day, *verifier.read_anchor(anchor))
        except verifier.NoAnchor:
            report.fault(verifier.ANCHORS, f"line {number + 1} of {file.name} is no anchor")


def _check_files(lying: list[Path], report: verifier.Report) -> None:
    """Check the files that events know, and find those that none does."""

    def wrong(file: StoredFile) -> tuple[str, str]:
        return file.pk, file.what_is_wrong()

    known = set()
    with told(FILES, "the files", report):
        for name, fault in readable(StoredFile.objects.all(), wrong, report, "file"):
            report.files += 1
            known.add(name)
            if fault:
                report.fault(FILES, f"file {name}: {fault}")
    for path in lying:
        if path.name not in known and (why := why_strange(path)):
            report.fault(FILES, f"{path.relative_to(settings.FILES_DIR.parent)} {why}")
