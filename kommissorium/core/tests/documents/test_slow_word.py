"""A Word file made to take long ends with its own process, is refused in words and holds nobody up."""

from __future__ import annotations

import time

import pytest

from kommissorium.core.documents import text_of_files
from kommissorium.core.documents.text_of_files import Unreadable, text_of_file
from kommissorium.core.tests.deep import LONG
from kommissorium.core.tests.documents.word_files import edited, word_file

RUN = "<w:r><w:t>x</w:t></w:r>"
DEEP = 20_000
# Each unpacks to less than is allowed: it is the number of parts that takes long.
SLOW = {
    "paragraphs": f"<w:p>{RUN}</w:p>" * 900_000,
    "runs": f"<w:p>{RUN * 1_300_000}</w:p>",
    "nested": "<w:tbl><w:tr><w:tc>" * DEEP + "</w:tc></w:tr></w:tbl>" * DEEP,
}
AT_WORK = 10  # seconds that a loaded machine takes to begin and to end a process


@pytest.mark.parametrize("what", SLOW if LONG else ["nested"])
def test_it_ends_in_time_and_is_refused(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not LONG:
        monkeypatch.setattr(text_of_files, "_PATIENCE_SECONDS", 1)
    data = edited(
        word_file([("Mål", 1)]), lambda text: text.replace("<w:sectPr", f"{SLOW[what]}<w:sectPr", 1)
    )
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        text_of_file(data, "langsom.docx")
    assert time.monotonic() - began < text_of_files._PATIENCE_SECONDS + AT_WORK
    assert str(refused.value) in {"too_heavy", "too_long"}
