"""Writes the .zip for the records system."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from kommissorium.meetings.handover.description import metadata_of, readme_of
from kommissorium.meetings.handover.file_names import METADATA, README, SUMS, paths_of
from kommissorium.meetings.handover.model import Handover

# What a .zip can say about when a file was made.
FIRST_YEAR, LAST_YEAR = 1980, 2107
UNIX = 3
READABLE = 0o100644 << 16


def write_zip(handover: Handover) -> bytes:
    """Return the files with README.txt, metadata.json and SHA256SUMS as a .zip.

    The same handover gives the same bytes on every machine: files stand in the order they are
    given, carry the time of the meeting, and are stored as they are, for compression differs
    from one library to the next and PDF and Word are compressed already.
    """
    paths = paths_of(handover.files)
    metadata = json.dumps(
        metadata_of(handover, paths), ensure_ascii=False, indent=2, sort_keys=True
    )
    entries = [
        (README, readme_of(handover, paths).encode()),
        (METADATA, f"{metadata}\n".encode()),
        *((path, file.data) for path, file in zip(paths, handover.files, strict=True)),
    ]
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in entries)
    entries.insert(2, (SUMS, sums.encode()))
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for path, data in entries:
            archive.writestr(_entry(path, handover.starts_at), data)
    return out.getvalue()


def _entry(path: str, at: datetime) -> ZipInfo:
    year = min(max(at.year, FIRST_YEAR), LAST_YEAR)
    entry = ZipInfo(path, (year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_STORED, UNIX, READABLE
    return entry
