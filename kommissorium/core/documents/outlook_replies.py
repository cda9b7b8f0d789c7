"""Reads the answer to an invitation that classic Outlook saved as .msg (MS-OXMSG, MS-OXOCAL)."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
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
from kommissorium.core.documents.compound_file import CompoundFile
from kommissorium.core.richtext import one_line

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
