"""A file that is handed over to the municipality's records system, independent of the database."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path


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
