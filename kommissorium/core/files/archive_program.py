"""Looks into an office file in a limited process: `main(part, members, bytes)` gives its type.

The archive comes on standard input and is not unpacked. The answer is a JSON object: {"part":
whether the part is there, "kind": what an open document says it is}, or {"refused": code}.
"""

from __future__ import annotations

import io
import json
import stat
import sys
import zipfile
import zlib
from typing import Any, Final

from kommissorium.core.documents.process_limits import MEGABYTE, limit

MEMORY: Final = 400 * MEGABYTE
CPU_SECONDS: Final = 10
LONGEST_KIND: Final = 200
NO_ARCHIVE: Final = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    EOFError,
)


def main() -> None:
    """Answer on standard output."""
    limit(MEMORY, CPU_SECONDS)
    part, members, unpacked = sys.argv[-3:]
    data = sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(look(data, part, int(members), int(unpacked))))


def look(data: bytes, part: str, most_members: int, most_unpacked: int) -> dict[str, Any]:
    """Return the type of the archive. Raises nothing for what is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > most_members or sum(m.file_size for m in members) > most_unpacked:
                return {"refused": "too_much"}
            if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
                return {"refused": "link"}  # no office writes one
            names = {member.filename for member in members}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return {"refused": "macros"}
            return {"part": part in names, "kind": _kind(archive, part)}
    except NO_ARCHIVE:
        return {"refused": "damaged"}
    except MemoryError:
        return {"refused": "too_much"}


def _kind(archive: zipfile.ZipFile, part: str) -> str:
    if part != "mimetype":
        return ""
    with archive.open(part) as member:
        return member.read(LONGEST_KIND).decode("ascii", "replace").strip()
