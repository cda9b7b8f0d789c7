"""`make check` asks for known holes in what is built in, and holds nobody up where nobody answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from kommissorium.config.tests.test_house import ROOT

NONE = {"uv": {"vulnerabilities": []}, "npm": {"vulnerabilities": {}}}
HOLE = {
    "uv": {"vulnerabilities": [{"dependency": {"name": "pypdf"}, "id": "GHSA-1"}]},
    "npm": {"vulnerabilities": {"sass": {"severity": "low"}}},
}
REFUSED = {"message": "405 Method Not Allowed", "error": {}}


def asked(folder: Path, **answers: object) -> tuple[int, list[str]]:
    """Ask programs that answer so in the place of uv and npm; one without an answer is not there."""
    for name in ("uv", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{json.dumps(answers.get(name, ''))}'\nexit 1\n")
        program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "scripts/advisories.py"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def test_a_known_hole_is_named_and_fails(tmp_path: Path) -> None:
    assert asked(tmp_path, uv=HOLE["uv"], npm=NONE["npm"]) == (
        1,
        ["advisories, Python: HOLES IN pypdf", "advisories, front end: none"],
    )
    assert asked(tmp_path, uv=NONE["uv"], npm=HOLE["npm"]) == (
        1,
        ["advisories, Python: none", "advisories, front end: HOLES IN sass"],
    )


def test_none_is_said_and_passes(tmp_path: Path) -> None:
    assert asked(tmp_path, **NONE)[0] == 0


def test_where_nobody_answers_that_is_said_and_no_failure(tmp_path: Path) -> None:
    code, lines = asked(tmp_path, npm=REFUSED)
    assert code == 0
    assert [line.partition(": ")[2][:19] for line in lines] == ["could not be asked "] * 2


def test_the_checks_ask() -> None:
    assert "scripts/advisories.py" in (ROOT / "scripts" / "run_checks.py").read_text("utf-8")
