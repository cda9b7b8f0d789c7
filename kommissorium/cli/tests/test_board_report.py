"""`kommissorium report`, run as an operator runs it."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from kommissorium.cli.tests.conftest import Installation
from kommissorium.cli.tests.test_assess import refused
from kommissorium.config.tests.demonstration import built


def test_what_is_no_form_or_not_begun_is_told_in_one_line(installation: Installation) -> None:
    installation.init()
    told = refused(installation.here("report", "--last", "-o", "report.txt"))
    assert ".docx" in told
    assert "no committee yet" in refused(installation.here("report", "--last", "-o", "x.pdf"))


def test_the_newest_report_is_two_pages_and_word_and_data(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    demonstration = built(tmp_path_factory, os.environ.get("DATABASE_URL"))
    for form, magic in {"pdf": b"%PDF-", "docx": b"PK", "json": b"{"}.items():
        output = tmp_path / f"report.{form}"
        result = demonstration.run("report", "--last", "-o", str(output))
        assert result.returncode == 0, result.stderr
        assert "approved by decision" in result.stdout
        assert output.read_bytes().startswith(magic)
    pdf = PdfReader(BytesIO((tmp_path / "report.pdf").read_bytes()))
    assert len(pdf.pages) == 2
