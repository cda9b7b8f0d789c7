"""Messages to the operator where mail is not set up, and secrets that are never printed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from kommissorium.cli.tests.conftest import Installation
from kommissorium.core.tests.free_port import free_port


def serve(installation: Installation, **environment: str) -> str:
    """Return the output of `serve` until it is ready."""
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "kommissorium.cli", "serve"),
            *("--data", str(installation.data), "--port", str(free_port())),
        ],
        env={**installation.environment, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdout
        said = ""
        for line in program.stdout:
            said += line
            if "Ctrl+C" in line:
                break
        program.terminate()
        return said + program.stdout.read()


@pytest.mark.parametrize(("host", "told"), [("", True), ("mail.example", False)])
def test_serve_says_that_mail_waits(installation: Installation, host: str, told: bool) -> None:
    installation.init()
    said = serve(installation, EMAIL_HOST=host)
    assert ("Mail is not set up (EMAIL_HOST)" in said) is told


def test_a_real_municipality_is_not_served_as_a_demonstration(installation: Installation) -> None:
    installation.init()
    said = serve(installation, KOMMISSORIUM_DEMO="1")
    assert "for a demonstration alone" in said
    assert "Ctrl+C" not in said


def test_init_prints_the_command_that_comes_next(installation: Installation) -> None:
    installation.environment["KOMMISSORIUM_URL"] = "http://127.0.0.1:8123"
    told = installation.init().stdout
    [command] = re.findall(r"^  (KOMMISSORIUM_URL=.* serve .*)$", told, re.MULTILINE)
    assert command.startswith("KOMMISSORIUM_URL=http://127.0.0.1:8123 ")
    assert command.endswith(f"serve --data {installation.data}")
    assert "http://127.0.0.1:8123/invitation/" in told
    assert "Making the database" in told
