"""Reads one mail, or one answer saved by Outlook, in a process of its own.

Called with "mail" or "outlook"; the bytes come on standard input. The answer is a JSON object:
who wrote a mail to whom, what it is about and says, the answers to invitations in it, or why there
are none, what it tells of a mail that did not arrive, and the head of another's evidence in it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice
from typing import Any, Final

from kommissorium.core.documents.calendar_replies import (
    MOST_PARTS,
    CalendarUnreadable,
    Reply,
    read_replies,
)
from kommissorium.core.documents.outlook_replies import (
    Damaged,
    read_outlook_reply,
    read_outlook_senders,
)
from kommissorium.core.documents.process_limits import MEGABYTE, limit
from kommissorium.core.richtext import one_line

MEMORY: Final = 400 * MEGABYTE
CPU_SECONDS: Final = 5
MOST_SUBJECT: Final = 200
MOST_SAID: Final = 200
MOST_ID: Final = 200
MOST_RESULT: Final = 4000
MOST_TEXT: Final = 20_000
# By which headers a mail reached an address: what its sender wrote, and what servers noted.
_TO: Final = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_BY_ITSELF: Final = {"bulk", "list", "junk", "auto_reply"}  # values of Precedence
_ENDS_LINE: Final = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"}
_UNSEEN: Final = {"style", "script", "head", "title"}
_HEAD: Final = re.compile(rb"(?<![0-9])[0-9]{1,15}:[0-9a-f]{64}(?![0-9a-f])")
_DMARC: Final = re.compile(r"(?:^|;)\s*dmarc\s*=\s*(\w+)", re.IGNORECASE)
_COMMENT: Final = re.compile(r"\([^()]*\)")


def main() -> None:
    """Answer on standard output."""
    limit(MEMORY, CPU_SECONDS)
    read = outlook if sys.argv[-1] == "outlook" else mail
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))


def outlook(data: bytes) -> dict[str, Any]:
    """Return the answer in a .msg file and who it was from, or why there is none."""
    try:
        reply = _plain(read_outlook_reply(data))
        return {"replies": [reply], "senders": read_outlook_senders(data)}
    except CalendarUnreadable as unreadable:
        return {"refused": unreadable.code}
    except (Damaged, MemoryError):
        return {"refused": "damaged"}


def mail(data: bytes) -> dict[str, Any]:
    """Return a mail's statements about itself, and its answers or bounce."""
    message = message_from_bytes(data)
    told: dict[str, Any] = {
        "senders": [address for _name, address in getaddresses(_headers(message, "From"))],
        "subject": _words(message)[:MOST_SUBJECT],
        "bounce": _bounce(message),
        "head": _head(message),
        "recipients": _recipients(message),
        "text": _text(message)[:MOST_TEXT],
        "attachments": sum(1 for part in islice(message.walk(), MOST_PARTS) if part.get_filename()),
        "is_automatic": _is_automatic(message),
        "arrived_at": _arrived_at(message),
        "results": [
            _result(value) for value in _headers(message, "Authentication-Results")[:MOST_PARTS]
        ],
    }
    try:
        told["replies"] = [_plain(reply) for reply in read_replies(data)]
    except CalendarUnreadable as unreadable:
        told["refused"] = unreadable.code
    return told


def _head(message: Message) -> str:
    """Return the first head of a chain, as SEQ:HASH, in the plain text of a mail; "" for none."""
    found = (_HEAD.search(content[:MOST_TEXT]) for content, _part in _parts(message, "text/plain"))
    return next((one[0].decode("ascii") for one in found if one), "")


def _parts(message: Message, kind: str) -> Iterator[tuple[bytes, Message]]:
    """Yield the content of the parts of a kind that are no attachments."""
    for part in islice(message.walk(), MOST_PARTS):
        content = part.get_payload(decode=True)
        is_shown = part.get_content_type() == kind and not part.get_filename()
        if is_shown and isinstance(content, bytes):
            yield content, part


def _recipients(message: Message) -> list[str]:
    values = [value for name in _TO for value in _headers(message, name)[:MOST_PARTS]]
    found = getaddresses([value[:MOST_RESULT] for value in values])
    return [address.lower() for _name, address in found][:MOST_PARTS]


def _text(message: Message) -> str:
    """Return what a mail says, as plain text: its own, else that of its HTML."""
    for content, part in _parts(message, "text/plain"):
        if text := _decoded(content, part).strip():
            return text
    for content, part in _parts(message, "text/html"):
        words = _Words()
        words.feed(_decoded(content, part))
        return words.said
    return ""


def _decoded(content: bytes, part: Message) -> str:
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


class _Words(HTMLParser):
    """The words of HTML, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[str] = []
        self._unseen = 0

    @property
    def said(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._found).split("\n"))
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _ENDS_LINE:
            self._found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _ENDS_LINE:
            self._found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._found.append(" ".join(re.split(r"\s+", data)))


def _is_automatic(message: Message) -> bool:
    """Return whether no person sent it: an absence, a list, a notice (RFC 3834)."""
    said = "".join(_headers(message, "Auto-Submitted")[:1]).strip().lower()
    precedence = "".join(_headers(message, "Precedence")[:1]).strip().lower()
    return (said or "no") != "no" or precedence in _BY_ITSELF or _returns_to(message) == "<>"


def _arrived_at(message: Message) -> str:
    """Return when the server that delivered the mail took it, by its line on top; "" for unknown."""
    _, _, said = "".join(_headers(message, "Received")[:1]).rpartition(";")
    try:
        found = parsedate_to_datetime(said.strip())
    except (TypeError, ValueError, OverflowError):
        return ""
    return found.isoformat() if found.tzinfo else ""


def _result(value: str) -> list[str]:
    """Return which server says so, and its result of DMARC ("" for none) (RFC 8601)."""
    server, _, rest = _COMMENT.sub(" ", value[:MOST_RESULT]).partition(";")
    found = _DMARC.search(rest)
    return [(server.split() or [""])[0].lower(), found[1].lower() if found else ""]


def _plain(reply: Reply) -> dict[str, Any]:
    return {**asdict(reply), "stamped_at": reply.stamped_at.isoformat()}


def _headers(message: Message, name: str) -> list[str]:
    return [str(value) for value in message.get_all(name, [])]


def _words(message: Message) -> str:
    subject = " ".join("".join(_headers(message, "Subject")[:1]).split())
    try:
        return str(make_header(decode_header(subject)))
    except (LookupError, ValueError):
        return subject


def _bounce(message: Message) -> dict[str, Any] | None:
    """Return the mail that this one says never arrives (RFC 3464); None for all else."""
    # A notice answers to nobody: who wants to be answered is a person who made one up.
    if message.get_content_type() != "multipart/report" or _returns_to(message) != "<>":
        return None
    failures = [_failure(block) for block in _blocks(message) if _is_final(block)]
    names = [name for name in _returned(message) if name]
    return {"message_id": names[0], "said": failures[0]} if failures and names else None


def _returns_to(message: Message) -> str:
    """Return where the server that delivered the mail says it came from: its first line counts."""
    return "".join(_headers(message, "Return-Path")[:1]).strip()


def _blocks(message: Message) -> Iterator[Message]:
    """Yield the parts of the report, of each recipient by itself."""
    for part in islice(message.walk(), MOST_PARTS):
        content = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(content, list):
            yield from (block for block in content[:MOST_PARTS] if isinstance(block, Message))


def _is_final(block: Message) -> bool:
    action, status = str(block.get("Action", "")), str(block.get("Status", ""))
    return action.strip().lower() == "failed" and status.strip().startswith("5.")


def _failure(block: Message) -> str:
    said = str(block.get("Diagnostic-Code", "")).rpartition(";")[2] or str(block.get("Status"))
    return one_line(said)[:MOST_SAID]


def _returned(message: Message) -> Iterator[str]:
    """Yield the Message-ID of the mails that the report returns, whole or as headers alone."""
    for part in islice(message.walk(), MOST_PARTS):
        content = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(content, list):
            yield from (_named(one) for one in content[:1] if isinstance(one, Message))
        elif part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            yield _named(message_from_bytes(headers if isinstance(headers, bytes) else b""))


def _named(message: Message) -> str:
    return one_line(str(message.get("Message-ID", "")))[:MOST_ID]
