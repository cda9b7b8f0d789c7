"""Reads replies to invitations from the calendar files of Outlook, Google and Apple.

Only the lines that say who answered what are read. A whole calendar is never built of a file
from outside: one rule of recurrence in it could keep the program busy for hours, and its time
zones would be remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext_lazy as _
from icalendar.parser import Contentline, Parameters

from kommissorium.core.richtext import one_line, printable

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MEGABYTE = 1024 * 1024
MOST_REPLY_BYTES = MEGABYTE
MOST_COMPONENTS = 100
MOST_LINES = 5000
MOST_PARTS = 100
MOST_HEADER = 2000
MOST_BOUNDARIES = 30  # each line of a mail is compared with all that are open
MOST_UID = 255
MOST_EMAIL = 254
MOST_COMMENT = 1000
MOST_WORDS = 20_000  # of a mail, looked through for somebody's own

Answer = Literal["accepted", "declined", "tentative"]
_ANSWERS: dict[str, Answer] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
}
_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics"})
_MATTERS = re.compile(
    r"(BEGIN|END|METHOD|PRODID|UID|SEQUENCE|DTSTAMP|COMMENT|ATTENDEE)[:;]", re.IGNORECASE
)
_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]")
# The library's time to take a header of a mail apart grows with the square of its length.
_PART_HEADER = re.compile(
    rb"^content-(?:type|disposition):(?:[^\r\n]|(?:\r\n|\r|\n)[ \t])*",
    re.IGNORECASE | re.MULTILINE,
)
_BOUNDARY = re.compile(rb"boundary[*0-9]*[ \t]*=", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
# Where what was written before begins, below somebody's own words.
_QUOTED = re.compile(r"^[ \t]*(?:[-_]{5,}|(?:Fra|From|Från|Von):).*", re.MULTILINE | re.DOTALL)

UNREADABLE: Final[dict[str, StrPromise]] = {
    "large": _("The file is larger than %(most)d MB. An answer is much smaller."),
    "none": _("There is no calendar in the file. Save the answer as .eml, .msg or .ics."),
    "no_reply": _("The file is a calendar, but not an answer to an invitation."),
    "not_from_outlook": _("The file is from Outlook, but not an answer to an invitation."),
    "too_much": _("The file holds far more than an answer to an invitation."),
    "incomplete": _("The file does not say who answers what. Ask the person to answer once more."),
    "damaged": _("The file is damaged, or takes too long to read."),
}


class CalendarUnreadable(Exception):
    """The file holds no answer to an invitation; as text it says why in the user's language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(UNREADABLE[self.code]) % {"most": MOST_REPLY_BYTES // MEGABYTE}


@dataclass(frozen=True)
class Reply:
    """An invited person's answer to one version of an invitation.

    `email` is in small letters and is what the file says, which anybody could have written.
    Of two replies the one with the higher (sequence, stamped_at) holds. `comment` may be "".
    """

    uid: str
    email: str
    partstat: Answer
    sequence: int
    stamped_at: datetime
    comment: str


@dataclass
class _Event:
    """The relevant lines of one event."""

    values: dict[str, str] = field(default_factory=dict)
    attendees: list[tuple[Parameters, str]] = field(default_factory=list)

    def add(self, name: str, parameters: Parameters, value: str) -> None:
        """Take in one line; of a property that occurs twice the first counts."""
        if name == "ATTENDEE":
            self.attendees.append((parameters, value))
        else:
            self.values.setdefault(name, value)


@dataclass
class _Sheet:
    """One calendar in the file: its purpose, the program that wrote it, and its events."""

    method: str = ""
    maker: str = ""
    events: list[_Event] = field(default_factory=list)


def read_replies(data: bytes) -> list[Reply]:
    """Return the answers in a calendar file (.ics) or a saved mail (.eml), each once.

    Raises CalendarUnreadable for anything that holds no complete answer.
    """
    if len(data) > MOST_REPLY_BYTES:
        raise CalendarUnreadable("large")
    texts, words = _opened(data)
    sheets = [sheet for text in texts for sheet in _sheets(text)]
    if not sheets:
        raise CalendarUnreadable("none")
    answers = [
        (sheet, event) for sheet in sheets if sheet.method == "REPLY" for event in sheet.events
    ]
    if not answers:
        raise CalendarUnreadable("no_reply")
    return list(dict.fromkeys(_commented(_reply(event), sheet, words) for sheet, event in answers))


def own_words(text: str) -> str:
    """Return somebody's own words in a mail, without the text it answers."""
    return printable(_QUOTED.sub("", text[:MOST_WORDS])).strip()[:MOST_COMMENT]


def _commented(reply: Reply, sheet: _Sheet, words: str) -> Reply:
    """Return the reply with the mail's text: Outlook writes the comment there; others, phrases."""
    is_outlook = "microsoft" in sheet.maker
    return reply if reply.comment or not is_outlook else replace(reply, comment=own_words(words))


def _opened(data: bytes) -> tuple[list[str], str]:
    """Return the text of each calendar in the file, itself or those in a mail, and the mail's."""
    text = _text(data)
    if text[:15].upper() == "BEGIN:VCALENDAR":
        return [text], ""
    try:
        parts = list(_parts(data))
    except CalendarUnreadable:
        raise
    except Exception:  # noqa: BLE001 the library's mail parser fails in many ways on broken mails
        return [], ""
    words = next((_text(content) for is_calendar, content in parts if not is_calendar), "")
    return [_text(content) for is_calendar, content in parts if is_calendar], words


def _parts(data: bytes) -> Iterator[tuple[bool, bytes]]:
    """Yield the calendars and plain texts of a mail: whether it is a calendar, and its bytes."""
    if any(len(header[0]) > MOST_HEADER for header in _PART_HEADER.finditer(data)):
        return
    if len(_BOUNDARY.findall(data)) > MOST_BOUNDARIES:
        raise CalendarUnreadable("too_much")
    message: Message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    for part in islice(message.walk(), MOST_PARTS):
        kind = part.get_content_type()
        named = str(part.get_filename("")).lower().endswith(".ics")
        if named or kind in _CALENDAR_TYPES or kind == "text/plain":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield named or kind in _CALENDAR_TYPES, content


def _text(data: bytes) -> str:
    """Return the bytes as text. The mail's own statement of its encoding is ignored: it may lie."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.lstrip()


def _sheets(text: str) -> Iterator[_Sheet]:
    """Yield the complete calendars of the text."""
    within: list[str] = []
    sheet, event = _Sheet(), _Event()
    for name, parameters, value in _lines(text):
        inner = value.strip().upper()
        if name == "BEGIN":
            within.append(inner)
            sheet = _Sheet() if within == ["VCALENDAR"] else sheet
            event = _Event() if within == ["VCALENDAR", "VEVENT"] else event
        elif name == "END":
            if within == ["VCALENDAR", "VEVENT"]:
                sheet.events.append(event)
            elif within == ["VCALENDAR"]:
                yield sheet
            within = within[:-1]
        elif within == ["VCALENDAR"] and name == "METHOD":
            sheet.method = inner
        elif within == ["VCALENDAR"] and name == "PRODID":
            sheet.maker = inner.lower()
        elif within == ["VCALENDAR", "VEVENT"]:
            event.add(name, parameters, value)


def _lines(text: str) -> Iterator[tuple[str, Parameters, str]]:
    """Yield name, parameters and value of the lines that matter and can be read."""
    lines = [line for line in _LINE_END.split(_FOLD.sub("", text)) if _MATTERS.match(line)]
    begins = sum(line[:5].upper() == "BEGIN" for line in lines)
    if len(lines) > MOST_LINES or begins > MOST_COMPONENTS:
        raise CalendarUnreadable("too_much")
    for line in lines:
        try:
            name, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
        except ValueError:
            continue
        yield name.upper(), parameters, value


def _reply(event: _Event) -> Reply:
    answers = [answer for answer in map(_answer, event.attendees) if answer]
    uid = one_line(event.values.get("UID", ""))
    stamped_at = _moment(event.values.get("DTSTAMP", ""))
    if len(answers) != 1 or not uid or len(uid) > MOST_UID or stamped_at is None:
        raise CalendarUnreadable("incomplete")
    email, partstat, comment = answers[0]
    sequence = event.values.get("SEQUENCE", "").strip()
    return Reply(
        uid=uid,
        email=email,
        partstat=partstat,
        sequence=int(sequence) if _NUMBER.fullmatch(sequence) else 0,
        stamped_at=stamped_at,
        comment=printable(event.values.get("COMMENT", comment)).strip()[:MOST_COMMENT],
    )


def _answer(attendee: tuple[Parameters, str]) -> tuple[str, Answer, str] | None:
    """Return address, answer and comment of one attendee; None for one who has not answered."""
    parameters, value = attendee
    partstat = _ANSWERS.get(str(parameters.get("PARTSTAT", "")).upper())
    # Apple may name the person by a code and put the address beside it.
    written = value if value.lower().startswith("mailto:") else str(parameters.get("EMAIL", ""))
    email = one_line(written).lower().removeprefix("mailto:").strip()
    if not partstat or len(email) > MOST_EMAIL or not EMAIL.fullmatch(email):
        return None
    return email, partstat, str(parameters.get("X-RESPONSE-COMMENT", ""))


def _moment(stamp: str) -> datetime | None:
    """Return the moment of a DTSTAMP, which is in UTC; None if it is none."""
    shown = stamp.strip().upper().removesuffix("Z")
    try:
        return datetime.strptime(shown, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
