"""The environment file that `init` writes and each command reads."""

from __future__ import annotations

import os

import pytest

from kommissorium.cli import environment_file
from kommissorium.cli.errors import Trouble
from kommissorium.cli.tests.conftest import Installation

pytestmark = pytest.mark.once
NAMES = ("EMAIL_FROM", "EMAIL_HOST_PASSWORD", "KOMMISSORIUM_URL")


def test_what_was_told_comes_back_and_the_environment_goes_before_it(tmp_path, monkeypatch):
    told = ("Udvalget <udvalg@example.dk>", " pa'ss \"$x` # \\", "https://udvalg.example.dk")
    for name, value in zip(NAMES, told, strict=True):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("KOMMISSORIUM_DEMO", "0")
    file = environment_file.write(tmp_path, (*NAMES, "KOMMISSORIUM_DEMO", "IMAP_HOST"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert "DEMO" not in file.read_text()
    assert environment_file.write(tmp_path, NAMES) is None, "one that is there is left alone"
    for name in NAMES[:2]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KOMMISSORIUM_URL", "http://127.0.0.1:9000")
    environment_file.read(tmp_path)
    assert tuple(os.environ[name] for name in NAMES[:2]) == told[:2]
    assert os.environ["KOMMISSORIUM_URL"] == "http://127.0.0.1:9000"


@pytest.mark.parametrize("line", ["EMAIL_HOST", "A=b c", "A='b", "1=2"])
def test_a_line_that_is_none_is_told(line, tmp_path):
    (tmp_path / environment_file.FILE).write_text(f"# ours\n\n{line}\n")
    with pytest.raises(Trouble, match="line 3: write NAME=value"):
        environment_file.read(tmp_path)


def test_init_keeps_what_it_was_told_for_later_commands(installation: Installation) -> None:
    installation.environment["KOMMISSORIUM_URL"] = "https://udvalg.example.dk"
    assert "kommissorium.env; each command" in installation.init().stdout
    del installation.environment["KOMMISSORIUM_URL"]
    invited = installation.here("invite", "karen@tryllerup.example").stdout
    assert "https://udvalg.example.dk/invitation/" in invited
