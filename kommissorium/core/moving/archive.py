"""The archive of everything: a zip of each table's rows, the files' bytes and a manifest that counts them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kommissorium import __version__
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.evidence.chain_check import head, snapshot
from kommissorium.core.files.models import FileDamaged, StoredFile
from kommissorium.core.moving.numbers import last_number
from kommissorium.core.moving.tables import Leaving, Line, leaving

FORM: Final = 1  # of the archive: another number, and its reader must change
MANIFEST, ANCHORS = "manifest.json", "anchors.txt"
A_PART: Final = 1024**2  # bytes read at once
PARTS_TOLD: Final = 5  # words of progress

type Said = Callable[[str], None]
type Manifest = dict[str, Any]


class BadArchive(Exception):
    """The archive cannot be brought in; the message says why."""


def write_archive(target: Path, said: Said, *, with_files: bool = True) -> Manifest:
    """Write everything that this database and its folder hold; return the manifest.

    The file has its name when it is whole and on the disk. It is for its owner's eyes alone. What the
    disk has lost of the files is left out: who brings it in is told.
    """
    unfinished = target.with_name(f"{target.name}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        with snapshot(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write(archive, said, with_files=with_files)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)
    return manifest


def _write(archive: zipfile.ZipFile, said: Said, *, with_files: bool) -> Manifest:
    seq, digest = head()
    tables = leaving()
    manifest: Manifest = {
        "archive": FORM,
        "version": __version__,
        "engine": connection.vendor,
        "migrations": migrations_of_database(),
        "time_zone": settings.TIME_ZONE,
        "head": {"seq": seq, "hash": digest},
        "tables": {one.name: _write_table(archive, one) for one in told(tables, said, "tables")},
        "files": _write_files(archive, said) if with_files else None,
        ANCHORS: "",
    }
    if settings.ANCHOR_FILE.exists():
        lines = settings.ANCHOR_FILE.read_bytes()
        archive.writestr(ANCHORS, lines)
        manifest[ANCHORS] = sha256(lines)
    archive.writestr(MANIFEST, canonical({**manifest, "sha256": sha256(canonical(manifest))}))
    return manifest


def _write_table(archive: zipfile.ZipFile, table: Leaving) -> dict[str, Any]:
    rows, digest = 0, hashlib.sha256()
    with archive.open(place_of(table.name), "w", force_zip64=True) as part:
        for line in table.lines():
            data = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8")
            part.write(data)
            digest.update(data)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest(), "last": last_number(table)}


def _write_files(archive: zipfile.ZipFile, said: Said) -> int:
    number = 0
    for file in told(list(StoredFile.objects.order_by("pk")), said, "files"):
        try:
            path = file.checked()
        except FileDamaged:
            continue
        # What is attached is mostly packed already: to store it costs no time.
        info = zipfile.ZipInfo(f"files/{file.pk}")
        with path.open("rb") as kept, archive.open(info, "w", force_zip64=True) as copy:
            shutil.copyfileobj(kept, copy, A_PART)
        number += 1
    return number


class Archive:
    """An archive that is read: its manifest holds, and each part is checked as it is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self.manifest = self._manifest()
        self.engine: str = self.manifest["engine"]

    def _manifest(self) -> Manifest:
        try:
            found: Manifest = json.loads(self._zip.read(MANIFEST))
        except (KeyError, ValueError):
            raise BadArchive("it is no archive of everything: it has no manifest") from None
        if found.get("archive") != FORM:
            raise BadArchive(f"its form is {found.get('archive')} and not {FORM}")
        if found.pop("sha256", "") != sha256(canonical(found)):
            raise BadArchive("its manifest was changed")
        return found

    def lines(self, name: str) -> Iterator[Line]:
        """Yield a table's rows. Raises BadArchive at their end where they are not those written."""
        said = self.manifest["tables"][name]
        rows, digest = 0, hashlib.sha256()
        with self._open(place_of(name)) as part:
            for data in part:
                digest.update(data)
                rows += 1
                yield self._line(name, rows, data)
        if (rows, digest.hexdigest()) != (said["rows"], said["sha256"]):
            raise BadArchive(f"its rows of {name} were changed")

    def _line(self, name: str, number: int, data: bytes) -> Line:
        try:
            text, rest = json.loads(data)
        except ValueError:
            raise BadArchive(f"row {number} of {name} cannot be read") from None
        return text, rest

    def anchors(self) -> bytes:
        """Return the lines of the heads that were noted."""
        if not self.manifest[ANCHORS]:
            return b""
        with self._open(ANCHORS) as part:
            lines: bytes = part.read()
        if sha256(lines) != self.manifest[ANCHORS]:
            raise BadArchive(f"its {ANCHORS} was changed")
        return lines

    def files(self) -> list[str]:
        """Return the SHA-256 of each file that came along."""
        names = [name for name in self._zip.namelist() if name.startswith("files/")]
        if len(names) != (self.manifest["files"] or 0):
            raise BadArchive(f"it has {len(names)} files and not {self.manifest['files']}")
        return [name.removeprefix("files/") for name in names]

    def copy_file(self, name: str, write: Callable[[bytes], object] = lambda _data: None) -> None:
        """Hand a file's bytes on. Raises BadArchive at their end where they are not those stored."""
        digest = hashlib.sha256()
        with self._open(f"files/{name}") as part:
            while data := part.read(A_PART):
                digest.update(data)
                write(data)
        if digest.hexdigest() != name:
            raise BadArchive(f"its file {name} was changed")

    def check(self, said: Said) -> None:
        """Read every part once. Raises BadArchive for the first that is not what was written."""
        tables: dict[str, Any] = self.manifest["tables"]
        for name in told(tables, said, "tables"):
            for _line in self.lines(name):
                """Its end says whether all were those written."""
        for name in told(self.files(), said, "files"):
            self.copy_file(name)
        self.anchors()

    @contextmanager
    def _open(self, name: str) -> Iterator[Any]:
        try:
            with self._zip.open(name) as part:
                yield part
        except KeyError:
            raise BadArchive(f"it lacks {name}") from None
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BadArchive(f"its {name} is damaged: {error}") from None


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Read an archive. Raises BadArchive for a file that is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield Archive(archive)
    except zipfile.BadZipFile:
        raise BadArchive("it is no zip file, or it is cut off") from None


def migrations_of_database() -> list[str]:
    """Return the steps in which this database was made."""
    return sorted(".".join(one) for one in MigrationLoader(connection).applied_migrations)


def place_of(table: str) -> str:
    return f"tables/{table}.jsonl"


def told[T](things: Collection[T], said: Said, what: str) -> Iterator[T]:
    """Yield each of them, and say now and then how far it is."""
    number = len(things)
    for done, one in enumerate(things, 1):
        yield one
        if done * PARTS_TOLD // number > (done - 1) * PARTS_TOLD // number:
            said(f"{100 * done // number:3} % of {number:,} {what}")
