"""Builds .msg files as classic Outlook saves answers: a compound file with properties."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from uuid import UUID

END, FREE, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
SECTOR, MINI, CUTOFF = 512, 64, 4096
MEETING = UUID("6ed8da90-450b-101b-98da-00aa003f1305")
APPOINTMENT = UUID("00062002-0000-0000-c000-000000000046")
SINCE = datetime(1601, 1, 1, tzinfo=UTC)

type Tree = dict[str, bytes | Tree]


class _Builder:
    def __init__(self) -> None:
        self.entries: list[list[int | str]] = []  # name, kind, right, child, start, size
        self.sectors: list[bytes] = []
        self.table: list[int] = []
        self.mini = b""
        self.mini_table: list[int] = []

    def chain(self, data: bytes) -> int:
        """Put data into sectors of its own and return the first."""
        first = len(self.sectors)
        count = -(-len(data) // SECTOR)
        for number in range(count):
            self.sectors.append(data[number * SECTOR : (number + 1) * SECTOR].ljust(SECTOR, b"\0"))
            self.table.append(first + number + 1 if number + 1 < count else END)
        return first if count else END

    def stream(self, data: bytes) -> int:
        if len(data) >= CUTOFF:
            return self.chain(data)
        first, count = len(self.mini_table), -(-len(data) // MINI)
        self.mini += data.ljust(count * MINI, b"\0")
        self.mini_table += [first + n + 1 if n + 1 < count else END for n in range(count)]
        return first if count else END

    def add(self, tree: Tree) -> int:
        """Add the entries of a storage, as a list of neighbours; return the first."""
        first, previous = NOBODY, None
        for name, content in tree.items():
            number = len(self.entries)
            entry: list[int | str] = [name, 2, NOBODY, NOBODY, END, 0]
            self.entries.append(entry)
            if isinstance(content, bytes):
                entry[4], entry[5] = self.stream(content), len(content)
            else:
                entry[1], entry[3] = 1, self.add(content)
            if previous is None:
                first = number
            else:
                previous[2] = number
            previous = entry
        return first


def compound_file(tree: Tree) -> bytes:
    """Return the tree as a compound file of version 3."""
    built = _Builder()
    built.entries.append(["Root Entry", 5, NOBODY, NOBODY, END, 0])
    built.entries[0][3] = built.add(tree)
    built.entries[0][4], built.entries[0][5] = built.chain(built.mini), len(built.mini)
    mini_table = built.chain(struct.pack(f"<{len(built.mini_table)}I", *built.mini_table))
    directory = built.chain(b"".join(map(_entry, built.entries)))
    of_table = 1
    while (len(built.table) + of_table) * 4 > of_table * SECTOR:
        of_table += 1
    first = len(built.sectors)
    table = built.table + [0xFFFFFFFD] * of_table
    table += [FREE] * (of_table * SECTOR // 4 - len(table))
    places = list(range(first, first + of_table)) + [FREE] * (109 - of_table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, of_table, directory, 0, CUTOFF, mini_table, 1, END, 0)
    header += struct.pack("<109I", *places)
    return header + b"".join(built.sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(values: list[int | str]) -> bytes:
    name, kind, right, child, start, size = values
    written = str(name).encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    head += struct.pack("<3I", NOBODY, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def outlook_reply(
    uid: str,
    email: str,
    answer: str = "Pos",
    *,
    sequence: int = 0,
    at: datetime,
    body: str = "",
    message_class: str = "",
    headers: str = "",
) -> bytes:
    """Return an answer to an invitation as classic Outlook saves it."""
    global_id = bytes(36) + struct.pack("<I", len(uid) + 13) + b"vCal-Uid\x01\0\0\0"
    ticks = int((at - SINCE).total_seconds()) * 10_000_000
    fixed = [(0x8000, 0x0102, 0), (0x8001, 0x0040, ticks), (0x8002, 0x0003, sequence)]
    properties = bytes(32) + b"".join(
        struct.pack("<HHIQ", kind, key, 6, value) for key, kind, value in fixed
    )
    named = [(3, 3), (1, 3), (0x8201, 4)]
    names: Tree = {
        "__substg1.0_00020102": MEETING.bytes_le + APPOINTMENT.bytes_le,
        "__substg1.0_00030102": b"".join(
            struct.pack("<IHH", key, of_set << 1, index)
            for index, (key, of_set) in enumerate(named)
        ),
        "__substg1.0_00040102": b"",
    }
    message_class = message_class or f"IPM.Schedule.Meeting.Resp.{answer}"
    return compound_file(
        {
            "__nameid_version1.0": names,
            "__properties_version1.0": properties,
            "__substg1.0_001A001F": message_class.encode("utf-16-le"),
            "__substg1.0_1000001F": body.encode("utf-16-le"),
            "__substg1.0_007D001F": headers.encode("utf-16-le"),
            "__substg1.0_0065001F": "/O=TRYLLERUP/CN=RECIPIENTS/CN=KAREN".encode("utf-16-le"),
            "__substg1.0_5D02001F": email.encode("utf-16-le"),
            "__substg1.0_80000102": global_id + uid.encode() + b"\0",
        }
    )
