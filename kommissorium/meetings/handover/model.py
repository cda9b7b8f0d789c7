"""Everything that is handed over of one meeting, independent of the database."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

type Role = Literal["agenda", "minutes", "minutes_open", "addendum", "attachment"]


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A file to hand over. `minutes_open` are the minutes without closed items.

    `item_number` is the number of the agenda item it belongs to, "" for the whole meeting.
    """

    name: str
    media_type: str
    data: bytes | Path = field(repr=False)  # or where it lies on the disk
    role: Role
    item_number: str = ""
    is_closed: bool = False

    def opened(self) -> io.BufferedIOBase:
        """Return the file to be read."""
        return self.data.open("rb") if isinstance(self.data, Path) else io.BytesIO(self.data)

    def digest(self, algorithm: str) -> str:
        """Return its hash in hex."""
        with self.opened() as file:
            return hashlib.file_digest(file, algorithm).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.data.stat().st_size if isinstance(self.data, Path) else len(self.data)


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """An item of the agenda. `result` is a word, `resolution_text` the decision as plain text."""

    number: str
    title: str
    is_closed: bool = False
    result: str = ""
    resolution_text: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One meeting as it goes to the records system.

    `starts_at` is aware and in the municipality's own zone. `metadata` holds further facts, as
    participants and decisions, of lists, mappings, texts, numbers and dates. `language` is that
    of the README.
    """

    municipality: str
    committee: str
    meeting_number: str
    starts_at: datetime
    case_number: str
    kle_number: str
    title: str
    files: tuple[HandoverFile, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    items: tuple[HandoverItem, ...] = ()
    language: str = "da"
