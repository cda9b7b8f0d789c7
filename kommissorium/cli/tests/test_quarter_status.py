"""`kommissorium status`, run as an operator runs it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.utils import timezone

from kommissorium.cli.tests.conftest import Installation
from kommissorium.cli.tests.test_assess import refused
from kommissorium.config.tests.demonstration import built
from kommissorium.measures.periods import Quarter


def test_what_is_no_quarter_no_form_or_not_begun_is_told_in_one_line(
    installation: Installation,
) -> None:
    installation.init()

    def asked(quarter: str, output: str) -> str:
        return refused(installation.here("status", "--quarter", quarter, "-o", output))

    assert "2026-3" in asked("2026-5", "status.pdf")
    assert ".docx" in asked("2026-3", "status.txt")
    assert "no committee yet" in asked("2026-3", "status.pdf")


def test_the_status_of_a_quarter_gone_by_is_written_as_pdf_word_and_data(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    demonstration = built(tmp_path_factory, os.environ.get("DATABASE_URL"))
    quarter = Quarter.of(timezone.localdate()).before.before.before
    begins = {"pdf": b"%PDF-", "docx": b"PK", "json": b"{"}
    for form, magic in begins.items():
        output = tmp_path / f"status.{form}"
        result = demonstration.run("status", "--quarter", str(quarter), "-o", str(output))
        assert result.returncode == 0, result.stderr
        assert "approved by decision" in result.stdout
        assert output.read_bytes().startswith(magic)
    data = json.loads((tmp_path / "status.json").read_bytes())
    assert data["quarter"] == str(quarter) and not data["is_draft"]
    assert "no committee X" in refused(
        demonstration.run(
            *("status", "--quarter", str(quarter), "--committee", "X"),
            *("-o", str(tmp_path / "status.pdf")),
        )
    )


def test_without_what_is_closed_it_is_the_edition_for_everybody(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    demonstration = built(tmp_path_factory, os.environ.get("DATABASE_URL"))
    quarter = Quarter.of(timezone.localdate()).before.before
    output = tmp_path / "open.json"
    asked = ("--quarter", str(quarter), "-o", str(output))
    result = demonstration.run("status", *asked, "--without-closed")
    assert result.returncode == 0, result.stderr
    assert "without what is closed" in result.stdout
    closed = [one for one in json.loads(output.read_bytes())["parts"] if one.get("closes")]
    assert all(one["text"] == "" and one["closed_ground"] for one in closed)
