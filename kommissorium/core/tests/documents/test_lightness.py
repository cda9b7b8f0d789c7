"""The cost of naming the documents: nothing, until one is written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kommissorium.core import documents

WRITING = """
from kommissorium.core.documents.excel import workbook
workbook([], title="t", author="a", language="da")
"""
HEAVY = {"docx", "openpyxl", "pypdf", "typst"}


def _loaded_by(statement: str) -> set[str]:
    """Return the heavy libraries that a fresh Python has loaded after the statement."""
    program = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return HEAVY & set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "loaded"),
    [
        ("import kommissorium.core.documents", set()),
        ("from kommissorium.core.documents.attachment_names import unique_names", set()),
        ("from kommissorium.core.documents.excel import Column, Sheet, workbook", set()),
        ("from kommissorium.core.documents import Column, workbook", set()),
        ("from kommissorium.core.documents import render_pdf", {"typst"}),
        ("from kommissorium.core.documents import WordDocument", {"docx"}),
        (WRITING, {"openpyxl"}),
    ],
)
def test_a_library_is_loaded_by_who_writes_with_it_alone(statement: str, loaded: set[str]) -> None:
    assert _loaded_by(statement) == loaded


@pytest.mark.parametrize("name", documents.__all__)
def test_every_name_is_where_it_is_said_to_be(name: str) -> None:
    assert getattr(documents, name).__name__ == name


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="papyrus"):
        _ = documents.papyrus
