from __future__ import annotations

from collections.abc import Callable

import pytest

from kommissorium.core.documents import pdfs_apart
from kommissorium.core.documents.pdfs_apart import CannotBind, bound, wide_pages
from kommissorium.core.tests.documents.pdfs import bomb, pdf_with, read, text_of

WHOLE = (0, 0, 595, 842)


def test_a_look_tells_which_pages_are_wide() -> None:
    assert wide_pages(pdf_with("et", "to")) == [False, False]
    assert wide_pages(pdf_with("et", size=(842, 595))) == [True]


def test_many_pages_may_share_a_small_stream() -> None:
    assert wide_pages(bomb(400, 1400)) == [False] * 400


@pytest.mark.parametrize(
    "made",
    [
        lambda: bomb(400, 50_000_000),  # 153 kB
        lambda: bomb(400, 100_000_000),
        lambda: bomb(400, 1_000_000),
        lambda: bomb(1, 50_000_000, times=400),
        lambda: b"%PDF-1.7 nothing more",
    ],
    ids=["400 pages", "one page too much", "little each", "one page often", "damaged"],
)
def test_what_unpacks_beyond_reason_is_refused(made: Callable[[], bytes]) -> None:
    data = made()
    assert len(data) < 300_000
    with pytest.raises(CannotBind):
        wide_pages(data)


def test_a_file_whose_process_is_killed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs_apart, "LOOK_SECONDS", 0.001)
    with pytest.raises(CannotBind):
        wide_pages(pdf_with("et"))


def test_pages_are_bound_apart() -> None:
    paper = pdf_with("papir", "papir")
    pdf = bound(paper, [pdf_with("et"), pdf_with("to")], [(0, WHOLE), (1, WHOLE)])
    assert text_of(pdf).split() == ["papir", "et", "papir", "to"]
    assert len(read(pdf).pages) == 2


def test_files_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs_apart, "MAKE_SECONDS", 0.001)
    with pytest.raises(CannotBind):
        bound(pdf_with("papir"), [pdf_with("et")], [(0, WHOLE)])
