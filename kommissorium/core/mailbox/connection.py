"""A connection to the mailbox by IMAP, always encrypted and with a checked certificate."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from contextlib import suppress
from typing import Final, Self

from django.conf import settings

from kommissorium.core.mailbox.models import MailboxState

Problem = MailboxState.Problem
SECONDS: Final = 20
MOST_OF_HEADERS: Final = 10_000
NEWEST: Final = 2000  # unread mails looked at; more is a mailbox that nobody keeps
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")

# The first that fits counts.
PROBLEMS: Final[tuple[tuple[type[Exception], Problem], ...]] = (
    (socket.gaierror, Problem.NAME),
    (TimeoutError, Problem.SILENCE),
    (ConnectionRefusedError, Problem.CLOSED),
    (ssl.SSLCertVerificationError, Problem.CERTIFICATE),
    (ssl.SSLError, Problem.TLS),
    (Exception, Problem.OTHER),
)


class Unreadable(Exception):
    """The mailbox cannot be read now: the problem, and the words of the server or the system."""

    def __init__(self, problem: Problem, said: object) -> None:
        super().__init__(f"{problem}: {said}")
        self.problem, self.said = problem, str(said)[:300]

    @classmethod
    def of(cls, error: Exception) -> Unreadable:
        return cls(next(problem for kind, problem in PROBLEMS if isinstance(error, kind)), error)


def mailbox_is_set_up() -> bool:
    """Return whether there is a mailbox to read."""
    return bool(settings.IMAP_HOST)


class Mailbox:
    """The folder of the mailbox while the block runs. Raises Unreadable.

    A mail is named by the server's UID; `validity` says how long those names hold.
    """

    validity: str

    def __enter__(self) -> Self:
        try:
            self._server = _connected()
            self._sign_in()
            self._choose()
        except (OSError, imaplib.IMAP4.error, ValueError) as error:
            self._leave()
            raise Unreadable.of(error) from error
        except Unreadable:
            self._leave()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._leave()

    def unread(self) -> list[str]:
        """Return the UIDs of the mails nobody has read, the oldest first."""
        return self._asked("SEARCH", "UNSEEN").decode("ascii", "replace").split()[-NEWEST:]

    def size(self, uid: str) -> int | None:
        """Return the size of the mail in bytes; None when it is gone."""
        found = _SIZE.search(self._asked("FETCH", uid, "(RFC822.SIZE)"))
        return int(found[1]) if found else None

    def fetch(self, uid: str) -> bytes | None:
        """Return the mail, which stays unread; None when it is gone."""
        return self._asked("FETCH", uid, "(BODY.PEEK[])", literal=True) or None

    def headers(self, uid: str) -> bytes:
        """Return sender and subject of a mail too large to be fetched."""
        asked = f"(BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.{MOST_OF_HEADERS}>)"
        return self._asked("FETCH", uid, asked, literal=True)

    def mark_read(self, uid: str) -> None:
        self._asked("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")

    def _asked(self, *command: str, literal: bool = False) -> bytes:
        try:
            said, data = self._server.uid(*command)
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreadable.of(error) from error
        if said != "OK":
            raise Unreadable(Problem.OTHER, data)
        first = data[0] if data else None
        if isinstance(first, tuple):
            return bytes(first[1] if literal else first[0])
        return first if isinstance(first, bytes) and not literal else b""

    def _sign_in(self) -> None:
        try:
            self._server.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise Unreadable(Problem.SIGN_IN, _words(error)) from None

    def _choose(self) -> None:
        folder = settings.IMAP_FOLDER.replace("\\", "\\\\").replace('"', '\\"')
        said, data = self._server.select(f'"{folder}"')
        if said != "OK":
            raise Unreadable(Problem.FOLDER, (data[0] or b"").decode("utf-8", "replace"))
        self.validity = (self._server.response("UIDVALIDITY")[1][0] or b"0").decode("ascii")

    def _leave(self) -> None:
        server = getattr(self, "_server", None)
        if server is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()


def _connected() -> imaplib.IMAP4:
    context = ssl.create_default_context()
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    if settings.IMAP_USE_SSL:  # else it begins plain and never stays so
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=SECONDS)
    server = imaplib.IMAP4(host, port, timeout=SECONDS)
    try:
        server.starttls(context)
    except BaseException:
        server.shutdown()
        raise
    return server


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else b""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
