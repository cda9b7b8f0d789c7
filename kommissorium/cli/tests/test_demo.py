"""The page at the address of `kommissorium demo` until the municipality is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from kommissorium.cli.serve import refuse_busy_port
from kommissorium.cli.tests.conftest import Installation
from kommissorium.core.tests.free_port import free_port

REFRESH = 'http-equiv="refresh"'


@contextmanager
def started(installation: Installation, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run the command in a process group of its own, as a terminal does."""
    # Tests that run in the background ignore Ctrl+C, and what they start would too.
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "kommissorium.cli", "demo", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--data", str(installation.data)],
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, usual)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def looked_until(port: int, words: str) -> str:
    """Look as a browser does, four times a second, until the page has the words."""
    end, text = time.monotonic() + 60, ""
    while time.monotonic() < end:
        asked = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            asked.request("GET", "/")
            text = asked.getresponse().read().decode()
        except ConnectionError:
            text = ""
        finally:
            asked.close()
        if words in text:
            return text
        time.sleep(0.25)
    raise AssertionError(text)


def test_a_page_is_there_at_once_and_ctrl_c_leaves_nothing_half_done(
    installation: Installation,
) -> None:
    port = free_port()
    with started(installation, port) as process:
        assert REFRESH in looked_until(port, "Demonstrationen")
        os.killpg(process.pid, signal.SIGINT)
        assert REFRESH not in looked_until(port, "blev standset")
        _said, complained = process.communicate(timeout=20)
    assert process.returncode == 130
    assert complained == ""
    refuse_busy_port("127.0.0.1", port)


def test_who_is_looking_is_told_that_building_failed(installation: Installation) -> None:
    installation.init()
    port = free_port()
    with started(installation, port) as process:
        assert REFRESH not in looked_until(port, "blev ikke bygget")
        _said, complained = process.communicate(timeout=20)
    assert process.returncode == 2
    assert complained.strip().endswith("this folder holds a real municipality, not a demo.")
    assert "Traceback" not in complained
