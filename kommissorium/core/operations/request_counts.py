"""Counts the requests of each process, in memory and in a file of its own that the others can read.

Web processes share no memory. Each writes its counts to `metrics/` in the data folder, at the latest
a second after a request; whoever is asked for the figures adds the files up. Those of processes that ended
stay and count on, until `serve` begins anew with an empty folder and every counter with 0.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kommissorium.core.operations.log_lines import request_id

FOLDER = "metrics"
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
LATEST = 1  # second between a request and its count in the file
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")  # what a proxy may call a request
PACKAGE = "kommissorium."
SIGN_IN = "allauth."  # its pages are shown as those of the room of accounts


class Counts:
    """What one process answered: how often, and in what time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}.json"
        self._answers: Counter[str] = Counter()
        self._seconds: Counter[str] = Counter()  # by kind and number of its bound
        self._sums: dict[str, float] = {}
        self._is_waiting = False

    def note(self, kind: str, method: str, status: int, seconds: float) -> None:
        """Count an answer; the file follows."""
        with self._lock:
            self._answers[f"{kind} {method} {status // 100}xx"] += 1
            self._seconds[f"{kind} {bisect_left(BOUNDS, seconds)}"] += 1
            self._sums[kind] = self._sums.get(kind, 0.0) + seconds
            begins, self._is_waiting = not self._is_waiting, True
        if begins:
            timer = threading.Timer(LATEST, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write the file. A disk that takes nothing is told of elsewhere."""
        with self._lock, suppress(OSError):
            self._is_waiting = False
            told = {"answers": self._answers, "seconds": self._seconds, "sums": self._sums}
            folder = Path(settings.DATA_DIR, FOLDER)
            folder.mkdir(exist_ok=True, mode=0o700)
            beside = folder / f".{self._name}"
            beside.write_text(json.dumps(told), encoding="utf-8")
            beside.replace(folder / self._name)


COUNTS = Counts()


def all_counts() -> tuple[Counter[str], Counter[str], dict[str, float]]:
    """Return answers, times and sums of seconds of every process since `serve` began."""
    answers, seconds, sums = Counter[str](), Counter[str](), dict[str, float]()
    for file in sorted(Path(settings.DATA_DIR, FOLDER).glob("[0-9]*.json")):
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        answers.update(told["answers"])
        seconds.update(told["seconds"])
        for kind, took in told["sums"].items():
            sums[kind] = sums.get(kind, 0.0) + took
    return answers, seconds, sums


class RequestMiddleware:
    """Gives each request a number, which its log lines and the answer carry, and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = _number(request)
        was = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(was)
        response.headers["X-Request-ID"] = number
        if settings.METRICS_TOKEN:
            took = time.perf_counter() - began
            COUNTS.note(_kind(request), _method(request), response.status_code, took)
        return response


def _number(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)


def _method(request: HttpRequest) -> str:
    """Return one of three words: what a stranger may call a method has no end."""
    return request.method if request.method in {"GET", "POST"} else "OTHER"


def _kind(request: HttpRequest) -> str:
    """Return the room whose page was asked for."""
    found = request.resolver_match
    if found is None:
        return "static" if request.path.startswith(settings.STATIC_URL) else "none"
    module: str = getattr(found.func, "__module__", "")
    if module.startswith(PACKAGE):
        return module.split(".")[1]
    return "accounts" if module.startswith(SIGN_IN) else "other"
