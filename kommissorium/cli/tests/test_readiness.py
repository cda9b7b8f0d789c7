"""`serve` says that it is ready when it was asked and answered, to people and to systemd."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kommissorium.cli import readiness

pytestmark = pytest.mark.once


class Health(BaseHTTPRequestHandler):
    """Answers what comes next in the list, its last word for ever."""

    answers: list[tuple[int, bytes]] = []

    def do_GET(self):
        status, text = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_about):
        pass


@pytest.fixture
def port():
    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_the_line_comes_with_the_first_right_answer(port, capsys, tmp_path, monkeypatch):
    place = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    Health.answers = [(503, b"not well\n"), (503, b"not well\n"), (200, b"ok\nmail: waits\n")]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(place)
        readiness._tell("0.0.0.0", port, "It is at X")
        assert system.recv(100) == b"READY=1"
    assert capsys.readouterr().out == "It is at X\n"
    assert len(Health.answers) == 1


def test_a_program_that_stays_unwell_is_told_as_that(port, capsys, monkeypatch):
    monkeypatch.setattr(readiness, "PATIENCE", 0.2)
    Health.answers = [(503, b"not well\nfonts: 6 missing\n")]
    readiness._tell("127.0.0.1", port, "It is at X")
    assert capsys.readouterr().out.splitlines() == [
        "It is at X",
        "It is not well: see /health/, and run 'kommissorium check'.",
    ]
