"""Reads streams out of a compound file (MS-CFB), the container of Outlook's .msg.

Everything in it is somebody's claim: chains of sectors may be loops, sizes may be lies. What is
followed is bounded by the length of the file.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END: Final = 0xFFFFFFFA  # from here on a number names no sector
NO_ENTRY: Final = 0xFFFFFFFF
IN_HEADER: Final = 109  # numbers of sectors of the table that stand in the header
SECTOR_SHIFTS: Final = (9, 12)
MINI_SHIFT: Final = 6
ENTRY_BYTES: Final = 128
STORAGE, STREAM, ROOT = 1, 2, 5


class Damaged(Exception):
    """The file is no compound file, or contradicts itself."""


@dataclass(frozen=True)
class Entry:
    """A storage, which is a folder, or a stream, which is a file."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory. Raises Damaged, also when it is read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except struct.error as error:
            raise Damaged from error

    def within(self, storage: Entry | None = None) -> dict[str, Entry]:
        """Return the entries of a storage, the outermost by default, by name."""
        found: dict[str, Entry] = {}
        seen: set[int] = set()
        waiting = [(storage or self._entries[0]).child]
        while waiting:
            number = waiting.pop()
            if number == NO_ENTRY or number in seen:
                continue
            if number >= len(self._entries):
                raise Damaged
            seen.add(number)
            entry = self._entries[number]
            found[entry.name] = entry
            waiting += [entry.left, entry.right]
        return found

    def read(self, entry: Entry | None) -> bytes:
        """Return the bytes of a stream; none for one that is not there."""
        if entry is None or entry.kind != STREAM:
            return b""
        if entry.size < self._cutoff:
            step, source = 1 << MINI_SHIFT, self._mini
            places = [number * step for number in _chain(self._mini_table, entry.start)]
        else:
            step, source = self._size, self._data
            places = [self._place(number) for number in _chain(self._table, entry.start)]
        return b"".join(source[at : at + step] for at in places)[: entry.size]

    def _open(self, data: bytes) -> None:
        (shift,) = struct.unpack_from("<H", data, 30)
        if not data.startswith(SIGNATURE) or shift not in SECTOR_SHIFTS:
            raise Damaged
        self._data = data
        self._size: int = 1 << shift
        first_directory, _, self._cutoff, first_mini, _, first_more = struct.unpack_from(
            "<6I", data, 48
        )
        self._table = self._numbers(self._table_sectors(first_more))
        self._mini_table = self._numbers(_chain(self._table, first_mini))
        directory = b"".join(map(self._sector, _chain(self._table, first_directory)))
        self._entries = [
            _entry(directory, at) for at in range(0, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES)
        ]
        if not self._entries or self._entries[0].kind != ROOT:
            raise Damaged
        start = self._entries[0].start
        self._mini = b"".join(map(self._sector, _chain(self._table, start)))

    def _table_sectors(self, more: int) -> list[int]:
        """Return the sectors of the table: those the header names, and those in a chain."""
        found = list(struct.unpack_from(f"<{IN_HEADER}I", self._data, 76))
        seen: set[int] = set()
        while more < END:
            if more in seen:
                raise Damaged
            seen.add(more)
            *numbers, more = self._numbers([more])
            found += numbers
        return list(dict.fromkeys(number for number in found if number < END))

    def _numbers(self, sectors: list[int]) -> list[int]:
        together = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(together) // 4}I", together))

    def _place(self, number: int) -> int:
        return (number + 1) * self._size

    def _sector(self, number: int) -> bytes:
        sector = self._data[self._place(number) : self._place(number) + self._size]
        if len(sector) < self._size and self._place(number) >= len(self._data):
            raise Damaged
        return sector.ljust(self._size, b"\0")


def _chain(table: list[int], number: int) -> list[int]:
    """Return the sectors from this one on to the end of its chain."""
    found: dict[int, None] = {}
    while number < END:
        if number in found or number >= len(table):
            raise Damaged
        found[number] = None
        number = table[number]
    return list(found)


def _entry(directory: bytes, at: int) -> Entry:
    length, kind = struct.unpack_from("<HB", directory, at + 64)
    left, right, child = struct.unpack_from("<3I", directory, at + 68)
    start, size = struct.unpack_from("<IQ", directory, at + 116)
    name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Entry(name, kind, left, right, child, start, size)
