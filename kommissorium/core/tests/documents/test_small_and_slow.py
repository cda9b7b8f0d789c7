"""A small file that would take long is refused at once, or its process ends soon."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.utils import translation

from kommissorium.core.documents.process_limits import seconds_for
from kommissorium.core.documents.subprocess_runner import Stopped
from kommissorium.core.documents.text_of_files import Unreadable, text_of_file
from kommissorium.core.documents.word_reader import WordRefused, read_word
from kommissorium.core.documents.word_reader.program import answer
from kommissorium.core.documents.word_template import TemplateRefused, examine
from kommissorium.core.documents.word_template.marks import MOST_TAGS
from kommissorium.core.tests.documents.word_files import edited, word_file

PARAGRAPH = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
MANY = {
    "paragraphs": PARAGRAPH * 200_000,
    "empty": "<w:p/>" * 450_000,
    "items": '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 100_000,
    "rows": f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 200_000}</w:tbl>",
}


def of(body: str) -> bytes:
    return edited(
        word_file([("Tekst", 0)]), lambda xml: re.sub("(?<=<w:body>)", body, xml, count=1)
    )


@contextmanager
def soon() -> Iterator[None]:
    """Fail where it takes five seconds of the processor, those of the limited child among them."""
    before = sum(os.times()[:4])
    yield
    assert sum(os.times()[:4]) - before < 5


@pytest.mark.parametrize("what", MANY)
def test_a_small_file_of_very_many_parts_is_refused_before_it_is_read(what: str) -> None:
    file = of(MANY[what])
    assert len(file) < 150_000
    with translation.override("en"):
        with soon(), pytest.raises(WordRefused, match="too long"):
            read_word(file)
        with soon(), pytest.raises(TemplateRefused, match="too long"):
            examine(file)
    with soon(), pytest.raises(Unreadable) as refused:
        text_of_file(file, "tekst.docx")
    assert refused.value.code == "too_long"


def test_as_many_parts_as_are_let_in_are_read_in_little_time() -> None:
    file = of(PARAGRAPH * (MOST_TAGS // len(re.findall("<", PARAGRAPH)) - 100))
    started = time.process_time()
    assert len(answer(file)["sections"][0][2]) > 400_000
    assert time.process_time() - started < 4


def test_a_long_text_of_ours_is_read_as_before() -> None:
    file = word_file([("En overskrift", 1), *(("Ord " * 40, 0) for _ in range(1000))])
    [_, section] = read_word(file).sections
    assert (section.heading, section.html.count("<p>")) == ("En overskrift", 1000)


@pytest.mark.parametrize("read", [read_word, examine])
def test_what_was_stopped_is_told_as_slow(
    read: Callable[[bytes], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_order: object, **_more: object) -> None:
        raise Stopped

    monkeypatch.setitem(read.__globals__, "answer_of", stopped)  # type: ignore[attr-defined]
    with (
        translation.override("en"),
        pytest.raises((WordRefused, TemplateRefused), match="too long to open"),
    ):
        read(word_file([("Tekst", 0)]))


@pytest.mark.parametrize(
    ("size", "seconds"), [(0, 4), (20_000, 4), (1_000_000, 14), (9_000_000, 20)]
)
def test_a_small_file_gets_little_time(size: int, seconds: int) -> None:
    assert seconds_for(size, 20) == seconds
