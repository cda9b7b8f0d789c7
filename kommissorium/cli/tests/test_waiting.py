"""The page that answers at the demonstration's address while it is built."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kommissorium.cli.serve import Waiting
from kommissorium.core.tests.free_port import free_port

REFRESH = '<meta http-equiv="refresh" content="1">'


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def page(port: int) -> Iterator[Waiting]:
    started = Waiting("127.0.0.1", port)
    end = time.monotonic() + 20
    while time.monotonic() < end and not _answers(port):
        time.sleep(0.05)
    yield started
    started.end("stopped")


def _answers(port: int) -> bool:
    try:
        _get(port, "/")
    except ConnectionError:
        return False
    return True


def _get(port: int, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request(method, path)
    answer = asked.getresponse()
    text = answer.read().decode("utf-8", errors="replace")
    asked.close()
    return answer, text


def _until(port: int, words: str) -> str:
    """Return the page once it has the words: another process takes in what it is told."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        _answer, text = _get(port, "/")
        if words in text:
            return text
        time.sleep(0.05)
    raise AssertionError(words)


def test_it_tells_of_each_month_and_looks_again_by_itself(page: Waiting, port: int) -> None:
    answer, text = _get(port, "/any/where/?next=/")
    assert answer.status == 503
    assert "Demonstrationen starter" in text
    assert REFRESH in text
    page.tell("  Havneby Kommune, opdigtet: godt et år bag sig\n")
    page.tell("  47 %  december 2025\n")
    text = _until(port, "december 2025")
    assert '<progress max="100" value="47"' in text
    assert REFRESH in text


def test_it_keeps_the_rules_of_the_program(page: Waiting, port: int) -> None:
    answer, text = _get(port, "/")
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Server"].strip() == "Kommissorium"
    assert re.findall(r"<script|<style|style=|\son\w+=", text) == []
    assert '<html lang="da">' in text


def test_it_hands_out_its_own_files_and_no_other(page: Waiting, port: int) -> None:
    answer, _text = _get(port, "/static/core/icon.svg")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    for path in ("/static/core/../../cli/main.py", "/static/vendor/app.js", "/health/"):
        assert _get(port, path)[0].status == 503
    answer, text = _get(port, "/", "HEAD")
    assert (answer.status, text) == (503, "")
    assert _get(port, "/", "POST")[0].status == 501


@pytest.mark.parametrize(
    ("ending", "said"), [("failed", "blev ikke bygget"), ("stopped", "blev standset")]
)
def test_who_is_looking_reads_how_it_ended_and_looks_no_more(
    page: Waiting, port: int, ending: str, said: str
) -> None:
    _get(port, "/")
    waited = threading.Thread(target=page.end, args=(ending,))
    waited.start()
    text = _until(port, said)
    assert REFRESH not in text
    assert "<progress" not in text
    waited.join(5)
    assert not waited.is_alive()
    assert not _answers(port)


class _Program(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        pass


def test_it_makes_way_when_the_program_answers(page: Waiting, port: int) -> None:
    class Server(ThreadingHTTPServer):
        allow_reuse_port = True

    page.tell("built\n")
    assert REFRESH in _until(port, "Demonstrationen starter")
    with Server(("127.0.0.1", port), _Program) as program:
        threading.Thread(target=program.serve_forever, daemon=True).start()
        assert page.process.wait(10) == 0
        assert _get(port, "/")[0].status == 200
        program.shutdown()


def test_it_ends_with_who_started_it(page: Waiting, port: int) -> None:
    page.tell("built\n")
    page.close()
    assert page.process.wait(10) == 0
