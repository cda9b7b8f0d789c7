"""Trouble while people are at work: the database crashes or is restarted, web and worker are killed."""

from __future__ import annotations

from collections import Counter
from html import unescape
from http.client import HTTPException
from itertools import cycle
from threading import Lock
from time import monotonic, sleep
from urllib.parse import parse_qsl

from visiting import FORM, Answer, Visitor

from benching.holding import processes
from kommissorium.config.tests.cluster import Server

AWAY = 503
BORNE = 30  # seconds after each trouble in which an answer may say that the database is away
TURNS = ("immediate", "web", "fast", "worker")  # ways to stop the database, and names of processes
AGAIN = 1.0  # seconds until somebody presses once more


class Trouble:
    """What is killed or restarted, in turn, and when that was last."""

    def __init__(self, server: Server, pid: int) -> None:
        self.counts: Counter[str] = Counter()
        self._server, self._pid = server, pid
        self._last = -float(BORNE)
        self._turns = cycle(TURNS)
        self._lock = Lock()

    def make(self) -> None:
        """Make the next trouble."""
        turn, self._last = next(self._turns), monotonic()
        if turn in {"immediate", "fast"}:
            self._server.restart(turn)
        else:
            processes(self._pid, turn)[0].kill()
        self.count(f"trouble: {turn}")

    def count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def is_recent(self) -> bool:
        return monotonic() - self._last < BORNE


class Patient(Visitor):
    """A visitor who presses again what could not be answered in a trouble.

    Raises LookupError where the page that said so had lost what was typed.
    """

    def __init__(self, address: str, code: str, trouble: Trouble) -> None:
        self._trouble = trouble
        super().__init__(address, code)

    def _ask(self, method: str, path: str, body: bytes | None, kind: str = FORM) -> Answer:
        while True:
            try:
                answer = super()._ask(method, path, body, kind)
            except (OSError, HTTPException):
                if not self._trouble.is_recent():
                    raise
            else:
                if answer.status != AWAY or not self._trouble.is_recent():
                    return answer
                if body is not None and kind == FORM:
                    self._assert_kept(body, answer)
            self._trouble.count("pressed again")
            sleep(AGAIN)

    def _assert_kept(self, body: bytes, answer: Answer) -> None:
        page = " ".join(unescape(answer.text).split())
        for name, value in parse_qsl(body.decode()):
            words = " ".join(value.split())
            if " " not in words:
                continue
            if words not in page:
                raise LookupError(f"{name} was lost when the database was away: {words[:80]}")
            self._trouble.count("texts kept while the database was away")
