"""Run web processes of the program beside the tests, on the database of a test."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from threading import Barrier
from urllib.parse import quote, urlencode

from django.db import connection

from kommissorium.config.tests.program import START_SECONDS
from kommissorium.core.tests.free_port import free_port

TOKEN = "t" * 32
PROCESSES, THREADS = 3, 8
SETTINGS = "kommissorium.config.tests.web_settings"


@dataclass(frozen=True)
class Answer:
    """An answer of a web process."""

    status: int
    text: str
    url: str

    def says(self, sentence: str) -> bool:
        return sentence in self.text


@dataclass(frozen=True)
class Post:
    """A browser's request, signed in by that session ("" for nobody)."""

    path: str
    values: Mapping[str, object]
    session: str = ""
    cookies: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Web:
    """Some web processes behind one port."""

    port: int
    pid: int = 0  # of their first process

    def post_at_once(self, posts: Sequence[Post]) -> list[Answer]:
        """Send all in the same moment, each on a connection of its own; return the answers."""
        start = Barrier(len(posts))

        def send(post: Post) -> Answer:
            start.wait()
            return self.post(post)

        with ThreadPoolExecutor(len(posts)) as pool:
            return list(pool.map(send, posts))

    def post(self, post: Post) -> Answer:
        """Send a form as a browser does."""
        cookies = {"csrf": TOKEN, "session": post.session, **(post.cookies or {})}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items() if value),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": TOKEN,
            "Accept-Language": "da",
        }
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            asked.request("POST", post.path, urlencode(post.values, doseq=True), headers)
            answer = asked.getresponse()
            text = unescape(answer.read().decode("utf-8", "replace"))
            return Answer(answer.status, text, answer.headers.get("Location", ""))
        finally:
            asked.close()


@contextmanager
def web_processes(folder: Path) -> Iterator[Web]:
    """Run three web processes until the block ends. Raises RuntimeError with their output."""
    port, log = free_port(), folder / "web.log"
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    command = [sys.executable, "-m", "granian", "kommissorium.config.wsgi:application"]
    options = {"interface": "wsgi", "port": port, "workers": PROCESSES, "blocking-threads": THREADS}
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            _wait(process, port, log)
            yield Web(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def database_url() -> str:
    """Return the address of the database this test is connected to."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{found['NAME']}"
    folder = quote(str(found["OPTIONS"]["host"]), safe="")
    return f"postgres://{found['USER']}@/{found['NAME']}?host={folder}"


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            asked.request("GET", "/health/")
            asked.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no web process answers: {log.read_text(encoding='utf-8')}")
