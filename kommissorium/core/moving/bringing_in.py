"""Bringing in: an archive of everything becomes an empty database's content, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from kommissorium import __version__
from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.actions import IMPORTED, record
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.chain_check import chain, check_database
from kommissorium.core.evidence.guards import key_print
from kommissorium.core.evidence.models import Event, Salt
from kommissorium.core.evidence.sealing import seal_database
from kommissorium.core.files.actions import written
from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.quota import alone
from kommissorium.core.moving.archive import Archive, BadArchive, Said, told
from kommissorium.core.moving.numbers import go_on_from
from kommissorium.core.moving.tables import Leaving, Line, insert, leaving
from kommissorium.core.moving.triggers import without_triggers

AT_ONCE, MOST_TEXT = 500, 2 * 1024**2  # rows, and about as many letters, that are written at once


@dataclass(frozen=True)
class BroughtIn:
    """The check of the database that an archive became, and whether its signing key is another."""

    report: verifier.Report
    has_other_key: bool


def refuse_unfit(archive: Archive, *, tables_are_made: bool) -> None:
    """Raise BadArchive for one of other tables than this program's, and for a database that is in use."""
    said = archive.manifest
    here = sorted(".".join(one) for one in MigrationLoader(connection).disk_migrations)
    if said["migrations"] != here or set(said["tables"]) != {one.name for one in leaving()}:
        raise BadArchive(
            f"it was written by Kommissorium {said['version']}, whose tables are others than those"
            f" of this program ({__version__}): bring it in with that version, then update"
        )
    if tables_are_made and Event.objects.exclude(act__in=(verifier.BEGAN, verifier.CHANGED)):
        raise BadArchive("the database here is not empty")


def is_brought_in(archive: Archive) -> bool:
    """Return whether this database holds the archive, as an import that was whole left it."""
    head = archive.manifest["head"]
    same = Event.objects.filter(seq=head["seq"], hash=head["hash"])
    return same.exists() and Event.objects.filter(seq__gt=head["seq"], act=IMPORTED).exists()


def bring_in(
    archive: Archive, said: Said, *, after: Callable[[], object], despite_faults: bool = False
) -> BroughtIn:
    """Fill the database and its folder; `after` makes what does not come along.

    Whatever stops it leaves the database as empty as it was. Raises BadArchive for an archive that
    is not what was written, and where the check finds faults, unless it is to come in despite them:
    then its event names them.
    """
    with _files_of(archive, said), transaction.atomic():
        loaded = verifier.Report()
        sealing = _load(archive, loaded, said)
        _refuse(loaded, despite_faults=despite_faults)
        other = sealing.get("key") != key_print(Salt.objects.get().value)
        record("core.all_imported", Salt(pk=1), by=None, facts=_facts(archive, loaded))
        seal_database(new_key=True, all_anew=archive.engine != connection.vendor)
        after()
        said("checking all of it")
        report = check_database()
        _refuse(report, despite_faults=despite_faults)
    return BroughtIn(report, other)


def _facts(archive: Archive, loaded: verifier.Report) -> dict[str, Any]:
    said = archive.manifest
    rows = sum(one["rows"] for one in said["tables"].values())
    facts = {"engine": archive.engine, "version": said["version"], "head": said["head"]}
    return {**facts, "rows": rows, "faults": loaded.faults}


def _load(archive: Archive, report: verifier.Report, said: Said) -> dict[str, Any]:
    """Fill the tables, each sealed row checked; return what the chain says of the sealing."""
    found, salt = verifier.Chain(), b""
    try:
        with without_triggers():
            for table in leaving():
                with connection.cursor() as cursor:
                    cursor.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 names are ours
            for table in told(leaving(), said, "tables"):
                for lines in _batches(archive, table):
                    for text, _rest in lines if table.is_sealed else ():
                        _check(table, text, salt, found, report)
                    insert(table, lines, archive.engine)
                go_on_from(table, archive.manifest["tables"][table.name]["last"])
                if table.name == "core_event":
                    found = _check_chain(archive, report)
                if table.name == "core_salt":
                    salt = _new_salt()
    except (IntegrityError, DatabaseError, *verifier.UNREADABLE) as error:
        raise BadArchive(f"its rows cannot be written: {' '.join(str(error).split())}") from None
    verifier.check_missing_rows(found, report)
    ContentType.objects.clear_cache()
    return found.sealing


def _batches(archive: Archive, table: Leaving) -> Iterator[list[Line]]:
    lines: list[Line] = []
    length = 0
    for line in archive.lines(table.name):
        lines.append(line)
        length += len(line[0])
        if len(lines) == AT_ONCE or length > MOST_TEXT:
            yield lines
            lines, length = [], 0
    if lines:
        yield lines


def _check_chain(archive: Archive, report: verifier.Report) -> verifier.Chain:
    head = archive.manifest["head"]
    found = verifier.check_events(chain(), report, [(head["seq"], head["hash"])])
    if report.events != head["seq"]:
        report.fault(verifier.EVENTS, f"the chain does not end with event {head['seq']}")
    return found


def _check(
    table: Leaving, text: str, salt: bytes, found: verifier.Chain, report: verifier.Report
) -> None:
    """Check a row by its seal, which is of the text that the engine it comes from made."""
    key = str(json.loads(text)[table.told.key])
    own = verifier.row_salt(salt, table.name, key)
    verifier.check_row(table.name, key, verifier.seal(own, sha256(text)), found, report)


def _new_salt() -> bytes:
    holder: Any = connection
    holder.salt_of = None  # what was kept of the empty database
    return bytes.fromhex(Salt.objects.get().value)


def _refuse(report: verifier.Report, *, despite_faults: bool) -> None:
    if not report.holds and not despite_faults:
        named = "\n".join(f"FAULT: {fault}" for fault in report.faults)
        raise BadArchive(f"{report.number_of_faults:,} faults\n{named}")


@contextmanager
def _files_of(archive: Archive, said: Said) -> Iterator[None]:
    """Put files and noted heads into the folder; what was not there before goes if the block fails."""
    new = []
    try:
        with alone():
            for name in told(archive.files(), said, "files"):
                path = StoredFile(sha256=name).path
                if not path.exists():
                    new.append(path)
                with written(path) as file:
                    archive.copy_file(name, file.write)
        if lines := archive.anchors():
            _put_anchors(lines, new)
        yield
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _put_anchors(lines: bytes, new: list[Any]) -> None:
    file = settings.ANCHOR_FILE
    if not file.exists():
        new.append(file)
        with written(file) as target:
            target.write(lines)
    elif file.read_bytes() != lines:
        raise BadArchive(f"the folder here has an {file.name} of its own, with other heads")
