"""Reads the answer to an invitation that classic Outlook saved as .msg, a compound file.

Everything in it is somebody's claim: chains of sectors may be loops, sizes may be lies. What is
followed is bounded by the length of the file.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import getaddresses, parseaddr
from typing import Final
from uuid import UUID

from kommissorium.core.documents.calendar_replies import (
    EMAIL,
    MOST_EMAIL,
    MOST_UID,
    Answer,
    CalendarUnreadable,
    Reply,
    own_words,
)
from kommissorium.core.richtext import one_line

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


CLASSES: Final[dict[str, Answer]] = {
    "ipm.schedule.meeting.resp.pos": "accepted",
    "ipm.schedule.meeting.resp.neg": "declined",
    "ipm.schedule.meeting.resp.tent": "tentative",
}
CLASS, BODY, HEADERS, SENT_AT = 0x001A, 0x1000, 0x007D, 0x0039
# Who answers, even where a secretary pressed the button; the addresses of the mail system last.
SENDERS: Final = (0x5D02, 0x0065, 0x5D01, 0x0C1F)
MEETING: Final = UUID("6ed8da90-450b-101b-98da-00aa003f1305")
APPOINTMENT: Final = UUID("00062002-0000-0000-c000-000000000046")
GLOBAL_ID, ANSWERED_AT, SEQUENCE = (MEETING, 3), (MEETING, 1), (APPOINTMENT, 0x8201)
# An invitation that came from outside keeps its UID behind this mark.
UID_MARK: Final = b"vCal-Uid\x01\x00\x00\x00"
UID_AT: Final = 40
FIRST_NAMED: Final = 0x8000
OF_STRINGS: Final = 3  # sets of names before those that the file lists
MOST_HEADERS: Final = 64 * 1024
SINCE: Final = datetime(1601, 1, 1, tzinfo=UTC)
_FROM: Final = re.compile(r"^From:(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)

type Name = tuple[UUID, int]


class _Message:
    """The properties of a saved message."""

    def __init__(self, data: bytes) -> None:
        self._file = CompoundFile(data)
        self._parts = self._file.within()
        listed = self._file.read(self._parts.get("__properties_version1.0"))[32:]
        self._fixed = {
            tag: value for tag, _flags, value in struct.iter_unpack("<II8s", _whole(listed, 16))
        }
        self._named = self._names()

    def text(self, key: int) -> str:
        wide = self._stream(key, 0x001F)
        return (
            wide.decode("utf-16-le", "replace")
            if wide
            else self._stream(key, 0x001E).decode("cp1252", "replace")
        ).rstrip("\0")

    def named_bytes(self, name: Name) -> bytes:
        return self._stream(self._named.get(name, 0), 0x0102)

    def number(self, name: Name) -> int:
        value = self._fixed.get(self._named.get(name, 0) << 16 | 0x0003, b"\0" * 8)
        return int.from_bytes(value[:4], "little")

    def moment(self, key: int | Name) -> datetime | None:
        tag = self._named.get(key, 0) if isinstance(key, tuple) else key
        value = int.from_bytes(self._fixed.get(tag << 16 | 0x0040, b""), "little")
        try:
            return (
                (SINCE + timedelta(microseconds=value // 10)).replace(microsecond=0)
                if value
                else None
            )
        except OverflowError:
            return None

    def _stream(self, key: int, kind: int) -> bytes:
        return self._file.read(self._parts.get(f"__substg1.0_{key:04X}{kind:04X}"))

    def _names(self) -> dict[Name, int]:
        """Return the numbers under which properties with a name stand in this file."""
        storage = self._parts.get("__nameid_version1.0")
        inside = self._file.within(storage) if storage else {}
        sets = self._file.read(inside.get("__substg1.0_00020102"))
        listed = self._file.read(inside.get("__substg1.0_00030102"))
        found: dict[Name, int] = {}
        for key, of_set, index in struct.iter_unpack("<IHH", _whole(listed, 8)):
            at = 16 * ((of_set >> 1) - OF_STRINGS)
            if not of_set & 1 and 0 <= at <= len(sets) - 16:
                found[UUID(bytes_le=sets[at : at + 16]), key] = FIRST_NAMED + index
        return found


def read_outlook_reply(data: bytes) -> Reply:
    """Return the answer in a .msg file. Raises Damaged and CalendarUnreadable."""
    message = _Message(data)
    partstat = CLASSES.get(message.text(CLASS).lower())
    if partstat is None:
        raise CalendarUnreadable("not_from_outlook")
    uid, email = _uid(message.named_bytes(GLOBAL_ID)), _sender(message)
    stamped_at = message.moment(ANSWERED_AT) or message.moment(SENT_AT)
    if not uid or not email or stamped_at is None:
        raise CalendarUnreadable("incomplete")
    return Reply(
        uid=uid,
        email=email,
        partstat=partstat,
        sequence=min(message.number(SEQUENCE), 999_999_999),
        stamped_at=stamped_at,
        comment=own_words(message.text(BODY)),
    )


def read_outlook_senders(data: bytes) -> list[str]:
    """Return who the mail saved in a .msg file was from by its headers: nobody where it has none.

    The answer stands in properties, which a sender can fill in as they like. Raises Damaged.
    """
    headers = _Message(data).text(HEADERS)[:MOST_HEADERS].replace("\r\n", "\n")
    written = [one_line(header) for header in _FROM.findall(headers)]
    return [address for _name, address in getaddresses(written)]


def _uid(value: bytes) -> str:
    data = value[UID_AT:]
    if not data.startswith(UID_MARK):
        return value.hex()[:MOST_UID]  # of a meeting that was made in Outlook: none of ours
    uid = one_line(data.removeprefix(UID_MARK).rstrip(b"\0").decode("utf-8", "replace"))
    return uid if len(uid) <= MOST_UID else ""


def _sender(message: _Message) -> str:
    header = _FROM.search(message.text(HEADERS).replace("\r\n", "\n"))
    written = [message.text(key) for key in SENDERS]
    written.append(parseaddr(one_line(header[1]))[1] if header else "")
    emails = (one_line(text).lower().removeprefix("smtp:").strip() for text in written)
    return next((e for e in emails if len(e) <= MOST_EMAIL and EMAIL.fullmatch(e)), "")


def _whole(data: bytes, size: int) -> bytes:
    """Return the bytes of whole rows of this size, and no more."""
    return data[: len(data) // size * size]
