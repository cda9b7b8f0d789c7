"""Opens mails and saved answers: those from outside in a limited process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.utils import getaddresses
from typing import Any, Final

from kommissorium.core.documents import calendar_replies
from kommissorium.core.documents.calendar_replies import (
    MOST_REPLY_BYTES,
    CalendarUnreadable,
    Reply,
)
from kommissorium.core.documents.outlook_replies import MOST_HEADERS, SIGNATURE
from kommissorium.core.documents.subprocess_runner import Failed, Stopped, answer_of

PROGRAM: Final = "kommissorium.core.documents.letter_program"
SECONDS: Final = 15.0
PASSED: Final = "pass"  # of DMARC
NOT_FALSE: Final = frozenset({PASSED, "none", ""})  # all else says that another sent the mail


@dataclass(frozen=True)
class Bounce:
    """A notice that a mail, known by its Message-ID, never arrives, and the server's words."""

    message_id: str
    said: str


@dataclass(frozen=True)
class Letter:
    """A mail that came: its stated sender, its answers, or why it holds none.

    `results` is what servers say of the sender's domain: each server, and its result of DMARC. `head`
    is the head of an evidence chain that its text says, as SEQ:HASH. `recipients` are in small
    letters, `text` is plain, `arrived_at` is None where no server says it; `is_automatic`: no person
    wrote it.
    """

    senders: tuple[str, ...]
    subject: str
    replies: tuple[Reply, ...]
    refused: str
    bounce: Bounce | None
    results: tuple[tuple[str, str], ...] = ()
    head: str = ""
    recipients: tuple[str, ...] = ()
    text: str = ""
    attachments: int = 0
    is_automatic: bool = False
    arrived_at: datetime | None = None

    def proof(self, server: str) -> str:
        """Return the result of the server whose word counts; "" where it says nothing.

        It puts its line on top: what stands under it, a sender may have written.
        """
        said = (result for name, result in self.results if server and name == server.lower())
        return next(said, "")


def senders_of(data: bytes) -> tuple[str, ...]:
    """Return who a saved mail says it is from; nobody for any other file."""
    headers = BytesParser().parsebytes(data[:MOST_HEADERS].lstrip(), headersonly=True)
    return tuple(address for _name, address in getaddresses(map(str, headers.get_all("From", []))))


def read_saved(data: bytes) -> tuple[list[Reply], tuple[str, ...]]:
    """Return the answers in a file, and who it says the mail was from: nobody where it says nothing.

    It is a calendar (.ics), a mail (.eml), or one of Outlook's (.msg). Raises CalendarUnreadable, and
    Busy where others have all the places.
    """
    if not data.startswith(SIGNATURE):
        return calendar_replies.read_replies(data), senders_of(data)
    if len(data) > MOST_REPLY_BYTES:
        raise CalendarUnreadable("large")
    told = _opened("outlook", data)
    if refused := told.get("refused"):
        raise CalendarUnreadable(refused)
    return [_reply(values) for values in told["replies"]], tuple(told["senders"])


def read_letter(data: bytes) -> Letter:
    """Return the content of a mail. Raises CalendarUnreadable when it cannot be read, and Busy."""
    told = _opened("mail", data)
    return Letter(
        senders=tuple(told["senders"]),
        subject=told["subject"],
        replies=tuple(_reply(values) for values in told.get("replies", [])),
        refused=told.get("refused", ""),
        bounce=Bounce(**told["bounce"]) if told["bounce"] else None,
        results=tuple((server, result) for server, result in told["results"]),
        head=told["head"],
        recipients=tuple(told["recipients"]),
        text=told["text"],
        attachments=told["attachments"],
        is_automatic=told["is_automatic"],
        arrived_at=datetime.fromisoformat(told["arrived_at"]) if told["arrived_at"] else None,
    )


def _opened(kind: str, data: bytes) -> dict[str, Any]:
    try:
        return answer_of(PROGRAM, kind, data=data, seconds=SECONDS)
    except (Stopped, Failed):
        raise CalendarUnreadable("damaged") from None


def _reply(values: dict[str, Any]) -> Reply:
    return Reply(**{**values, "stamped_at": datetime.fromisoformat(values["stamped_at"])})
