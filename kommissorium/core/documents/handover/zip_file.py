"""Files for the records system: what is said of them, what they are called, and the .zip of them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from kommissorium.core.documents.attachment_names import safe_media_type, unique_names
from kommissorium.core.richtext import one_line, printable


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A file to hand over. `role` is its kind, in a word that its schema knows.

    `item_number` is the number of the agenda item it belongs to, "" for none.
    """

    name: str
    media_type: str
    data: bytes | Path = field(repr=False)  # or where it lies on the disk
    role: str
    item_number: str = ""
    is_closed: bool = False

    def opened(self) -> io.BufferedIOBase:
        """Return the file, opened for reading."""
        return self.data.open("rb") if isinstance(self.data, Path) else io.BytesIO(self.data)

    def digest(self, algorithm: str) -> str:
        """Return its hash in hex."""
        with self.opened() as file:
            return hashlib.file_digest(file, algorithm).hexdigest()

    @property
    def size(self) -> int:
        """Return its size in bytes."""
        return self.data.stat().st_size if isinstance(self.data, Path) else len(self.data)


README = "README.txt"
METADATA = "metadata.json"
SUMS = "SHA256SUMS"
CLOSED = "lukket"
OWN = (README, METADATA, SUMS, CLOSED)

# Names may grow by a number in brackets; disks hold 255 bytes, and people want 120 characters.
MOST_CHARACTERS = 100
MOST_BYTES = 200
MOST_ENDING = 10
_DEVICES = re.compile(r"(?:com|lpt)[¹²³](?=\.|$)|con(?:in|out)\$(?=\.|$)", re.IGNORECASE)


def paths_of(files: Sequence[HandoverFile]) -> list[str]:
    """Return a path for each file, in order: unique, savable everywhere, closed ones apart."""
    names = unique_names([*OWN, *(_short(file.name) for file in files)])[len(OWN) :]
    return [
        f"{CLOSED}/{name}" if file.is_closed else name
        for name, file in zip(names, files, strict=True)
    ]


def _short(name: str) -> str:
    """Return the name shortened before its ending, which says what kind of file it is."""
    shown = one_line(name).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not stem or len(ending) > MOST_ENDING:
        stem, dot, ending = shown, "", ""
    ending = (dot + ending).rstrip()
    room = MOST_BYTES - len(ending.encode())
    cut = stem[: MOST_CHARACTERS - len(ending)].encode()[:room].decode(errors="ignore")
    kept = cut.rstrip(" .")
    return f"_{kept}{ending}" if _DEVICES.match(kept + ending) else kept + ending


def file_as_json(file: HandoverFile, path: str) -> dict[str, Any]:
    """Return the description of a file; `path` is its place in the .zip."""
    return {
        "type": "File",
        "id": path,
        "name": one_line(file.name),
        "fileName": path.rpartition("/")[2],
        "mimeType": safe_media_type(file.media_type),
        "size": file.size,
        "sha256Checksum": file.digest("sha256"),
        "sha512Checksum": file.digest("sha512"),
        "role": file.role,
        "agendaItem": one_line(file.item_number),
        "public": not file.is_closed,
    }


def told_plainly(
    files: Sequence[HandoverFile],
    facts: Mapping[str, Any],
    lead: Iterable[str],
    note: str,
    paths: Sequence[str],
) -> tuple[str, dict[str, Any]]:
    """Return README.txt and metadata.json of files that belong together and to nothing else."""
    rows = [file_as_json(*each) for each in zip(files, paths, strict=True)]
    machine = _("%(name)s has the same for a machine to read.") % {"name": METADATA}
    sums = _("%(name)s has the checksums of the files. Check them with: sha256sum -c %(name)s")
    lines = [*lead, "", *paths, "", machine, sums % {"name": SUMS}, note, ""]
    return "\n".join(lines), {**facts, "file": rows}


def plain_facts(value: Any) -> Any:
    """Return the facts as JSON has them: dates in ISO 8601, decimals as text."""
    match value:
        case Mapping():
            return {printable(str(key)): plain_facts(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain_facts(inner) for inner in value]
        case None | bool() | int():
            return value
        case float():
            return value if isfinite(value) else str(value)
        case date():
            return value.isoformat()
        case _:
            return printable(str(value))


# What a .zip can say about when a file was made.
FIRST_YEAR, LAST_YEAR = 1980, 2107
UNIX = 3
READABLE = 0o100644 << 16

type Told = tuple[str, Mapping[str, Any]]  # README.txt, and what metadata.json holds


def write_files(
    files: Sequence[HandoverFile],
    at: datetime,
    describe: Callable[[Sequence[str]], Told],
    out: IO[bytes],
) -> None:
    """Write the files with README.txt, metadata.json and SHA256SUMS into a .zip.

    The same files give the same bytes on every machine: they are in the order given,
    carry the time `at`, and are stored as they are, for compression differs from one library to
    the next and PDF and Word are compressed already. A file goes from the disk into the .zip
    piece by piece. `describe` says of the paths in the .zip what lies there.
    """
    paths = paths_of(files)
    readme, facts = describe(paths)
    metadata = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True)
    told = {README: readme.encode(), METADATA: f"{metadata}\n".encode()}
    sums = [(hashlib.sha256(data).hexdigest(), path) for path, data in told.items()]
    sums += [(file.digest("sha256"), path) for path, file in zip(paths, files, strict=True)]
    told[SUMS] = "".join(f"{digest}  {path}\n" for digest, path in sums).encode()
    with ZipFile(out, "w") as archive:
        for path, data in told.items():
            archive.writestr(_entry(path, at), data)
        for path, file in zip(paths, files, strict=True):
            entry = _entry(path, at)
            entry.file_size = file.size
            with file.opened() as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)


def _entry(path: str, at: datetime) -> ZipInfo:
    year = min(max(at.year, FIRST_YEAR), LAST_YEAR)
    entry = ZipInfo(path, (year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_STORED, UNIX, READABLE
    return entry
