"""Names of the files inside the .zip."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kommissorium.core.documents.attachment_names import unique_names
from kommissorium.core.documents.handover.model import HandoverFile
from kommissorium.core.richtext import one_line

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
