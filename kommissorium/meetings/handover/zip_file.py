"""Writes the .zip for the records system."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kommissorium.meetings.handover.description import metadata_of, readme_of
from kommissorium.meetings.handover.file_names import METADATA, README, SUMS, paths_of
from kommissorium.meetings.handover.model import Handover

# What a .zip can say about when a file was made.
FIRST_YEAR, LAST_YEAR = 1980, 2107
UNIX = 3
READABLE = 0o100644 << 16


def write_zip(handover: Handover, out: IO[bytes]) -> None:
    """Write the files with README.txt, metadata.json and SHA256SUMS into a .zip.

    The same handover gives the same bytes on every machine: files stand in the order they are
    given, carry the time of the meeting, and are stored as they are, for compression differs
    from one library to the next and PDF and Word are compressed already. A file goes from the
    disk into the .zip piece by piece.
    """
    paths = paths_of(handover.files)
    metadata = json.dumps(
        metadata_of(handover, paths), ensure_ascii=False, indent=2, sort_keys=True
    )
    told = {README: readme_of(handover, paths).encode(), METADATA: f"{metadata}\n".encode()}
    sums = [(hashlib.sha256(data).hexdigest(), path) for path, data in told.items()]
    sums += [
        (file.digest("sha256"), path) for path, file in zip(paths, handover.files, strict=True)
    ]
    told[SUMS] = "".join(f"{digest}  {path}\n" for digest, path in sums).encode()
    with ZipFile(out, "w") as archive:
        for path, data in told.items():
            archive.writestr(_entry(path, handover.starts_at), data)
        for path, file in zip(paths, handover.files, strict=True):
            entry = _entry(path, handover.starts_at)
            entry.file_size = file.size
            with file.opened() as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)


def _entry(path: str, at: datetime) -> ZipInfo:
    year = min(max(at.year, FIRST_YEAR), LAST_YEAR)
    entry = ZipInfo(path, (year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_STORED, UNIX, READABLE
    return entry
