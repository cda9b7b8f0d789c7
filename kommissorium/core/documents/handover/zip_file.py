"""Writes files into a .zip for the records system, with their descriptions."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kommissorium.core.documents.handover.file_names import METADATA, README, SUMS, paths_of
from kommissorium.core.documents.handover.model import HandoverFile

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
