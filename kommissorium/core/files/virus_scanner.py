"""Gives the bytes of a file to ClamAV's daemon (clamd), where the settings name one."""

from __future__ import annotations

import socket
from typing import Final

from django.conf import settings

SECONDS: Final = 60  # for 25 MB on a slow machine
CHUNK: Final = 1_000_000
MOST_SAID: Final = 1000  # bytes of an answer
CLEAN, FOUND = "OK", "FOUND"


class NoScanner(Exception):
    """The scanner did not say whether the file is clean; the message has why."""


def virus_in(data: bytes) -> str:
    """Return what the scanner calls the virus in the bytes; "" for none, or where none is asked.

    Raises NoScanner where the settings name a scanner that does not answer.
    """
    if not settings.CLAMD:
        return ""
    try:
        told = _scan(data)
    except OSError as error:
        raise NoScanner(str(error)) from None
    name, _, verdict = told.removeprefix("stream: ").rpartition(" ")
    if verdict not in {CLEAN, FOUND}:
        raise NoScanner(told or "it said nothing")
    return name if verdict == FOUND else ""


def _scan(data: bytes) -> str:
    """Return clamd's answer to INSTREAM: "stream: OK", or the virus and FOUND, or an error."""
    with _connected() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            scanner.sendall(len(chunk).to_bytes(4) + chunk)
        scanner.sendall(bytes(4))
        said = b""
        while len(said) < MOST_SAID and (more := scanner.recv(MOST_SAID)):
            said += more
    return said.partition(b"\0")[0].decode(errors="replace").strip()


def _connected() -> socket.socket:
    """Return a connection to the socket or the host and port that the settings name."""
    if not settings.CLAMD.startswith("/"):
        host, _, port = settings.CLAMD.rpartition(":")
        return socket.create_connection((host, int(port)), SECONDS)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        scanner.settimeout(SECONDS)
        scanner.connect(settings.CLAMD)
    except OSError:
        scanner.close()
        raise
    return scanner
