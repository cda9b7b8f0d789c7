"""Files go to ClamAV's daemon before they come in, where one is named."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kommissorium.core.files import file_types
from kommissorium.core.files.file_types import FileRefused, media_type
from kommissorium.core.files.virus_scanner import CHUNK, NoScanner, virus_in

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Daemon:
    """Speaks as clamd does: takes a stream of chunks, and says OK or what it found."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening, self.seen, self.says = listening, list[bytes](), b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                data = b""
                while size := int.from_bytes(stream.read(4)):
                    data += stream.read(size)
                self.seen.append(data)
                found = b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
                connection.sendall(self.says or found)


@pytest.fixture(params=["path", "port"])
def daemon(request: Any, settings: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[Daemon]:
    monkeypatch.setattr(file_types, "_let_in", {})
    by_path = request.param == "path"
    family = socket.AF_UNIX if by_path else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.bind(str(tmp_path / "clamd") if by_path else ("127.0.0.1", 0))
        listening.listen()
        place = listening.getsockname()
        settings.CLAMD = place if by_path else f"127.0.0.1:{place[1]}"
        yield Daemon(listening)


def test_a_file_with_a_virus_does_not_come_in(daemon: Daemon) -> None:
    with pytest.raises(FileRefused, match="Eicar-Signature"):
        media_type(b"Et brev\n" + EICAR, "brev.txt")
    assert media_type(b"Et brev", "brev.txt") == "text/plain"


def test_a_clean_file_is_looked_at_once_and_whole(daemon: Daemon) -> None:
    data = b"Et langt brev. " * (CHUNK // 10)
    for _twice in range(2):
        media_type(data, "brev.txt")
    assert daemon.seen == [data]


def test_what_is_refused_anyhow_is_not_sent(daemon: Daemon) -> None:
    with pytest.raises(FileRefused):
        media_type(EICAR, "program.exe")
    assert daemon.seen == []


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"UNKNOWN\0"])
def test_what_is_no_verdict_lets_nothing_in(daemon: Daemon, says: bytes) -> None:
    daemon.says = says
    with pytest.raises(NoScanner):
        virus_in(b"Et brev")
    with pytest.raises(FileRefused):
        media_type(b"Et brev", "brev.txt")


@pytest.mark.parametrize("place", ["/nowhere/clamd.ctl", "127.0.0.1:9"])
def test_a_scanner_that_does_not_answer_lets_nothing_in(
    settings: Any, place: str, caplog: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(file_types, "_let_in", {})
    settings.CLAMD = place
    with pytest.raises(FileRefused):
        media_type(b"Et brev", "brev.txt")
    assert "the scanner for viruses does not answer" in caplog.text


def test_without_a_scanner_nobody_is_asked(settings: Any) -> None:
    assert settings.CLAMD == ""
    assert virus_in(EICAR) == ""
