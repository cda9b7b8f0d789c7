from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.documents import Binder, Frame, NotBindable, Rectangle
from kommissorium.core.documents import bind_pdf as binding_module
from kommissorium.core.documents.flatten_pdf import Matrix
from kommissorium.core.tests.documents.pdfs import (
    A4,
    pdf_with,
    pdf_with_filled_field,
    read,
    text_of,
)

FRAME = Rectangle(100, 100, 400, 600)


def _bound(attached: bytes) -> bytes:
    binder = Binder()
    pages = binder.take(attached)
    paper = pdf_with(*(f"side{number}" for number in range(len(pages))))
    places = [(page, Frame(number, FRAME)) for number, page in enumerate(pages)]
    return binder.bind(paper, places)


def _matrix(pdf: bytes) -> Matrix:
    """Return the matrix by which the drawing on the first page was moved into its frame."""
    contents = read(pdf).pages[0].get_contents()
    assert contents is not None
    found = re.search(rb"q ([-\d. ]+) cm /Bound0 Do Q", contents.get_data())
    assert found is not None
    a, b, c, d, e, f = (float(number) for number in found[1].split())
    return (a, b, c, d, e, f)


def test_every_page_is_bound_with_its_text_on_its_own_sheet() -> None:
    pages = read(_bound(pdf_with("et", "to", "tre"))).pages
    texts = [set(page.extract_text().split()) for page in pages]
    assert texts == [{"side0", "et"}, {"side1", "to"}, {"side2", "tre"}]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595), (2000, 3000), (50, 50)])
def test_a_page_of_any_size_and_turn_fills_its_frame_as_far_as_it_goes(
    turn: int, size: tuple[float, float]
) -> None:
    seen = Rectangle(0, 0, *size).moved(_matrix(_bound(pdf_with("ord", size=size, turn=turn))))
    assert FRAME.left - 0.01 <= seen.left < seen.right <= FRAME.right + 0.01
    assert FRAME.bottom - 0.01 <= seen.bottom < seen.top <= FRAME.top + 0.01
    spare = (FRAME.width - seen.width, FRAME.height - seen.height)
    assert min(spare) == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("turn", "corner"),
    [
        (0, ("left", "bottom")),
        (90, ("left", "top")),
        (180, ("right", "top")),
        (270, ("right", "bottom")),
    ],
)
def test_a_turned_page_is_bound_the_way_a_reader_sees_it(
    turn: int, corner: tuple[str, str]
) -> None:
    matrix = _matrix(_bound(pdf_with("ord", turn=turn)))
    seen = Rectangle(0, 0, *A4).moved(matrix)
    expected = [getattr(seen, side) for side in corner]
    assert list(matrix[4:]) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("size", "turn", "is_wide"),
    [
        ((595, 842), 0, False),
        ((595, 842), 90, True),
        ((842, 595), 0, True),
        ((842, 595), 270, False),
    ],
)
def test_a_page_knows_how_a_reader_sees_it(
    size: tuple[float, float], turn: int, is_wide: bool
) -> None:
    (page,) = Binder().take(pdf_with("ord", size=size, turn=turn))
    assert page.is_wide is is_wide


def test_what_was_filled_into_a_form_is_bound_too() -> None:
    assert {"blanket", "udfyldt"} <= set(
        text_of(_bound(pdf_with_filled_field("blanket", "udfyldt"))).split()
    )


def test_a_file_locked_against_editing_only_is_bound() -> None:
    assert "ord" in text_of(_bound(pdf_with("ord", owner_password="hemmeligt")))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 nothing more",
        b"PK\x03\x04",
        pdf_with("ord")[:300],
        pdf_with(),
        pdf_with("ord", password="hemmeligt"),
        pdf_with("ord", size=(0, 0)),
    ],
    ids=["empty", "only head", "no pdf", "cut off", "no pages", "locked", "no size"],
)
def test_what_cannot_be_bound_is_refused(data: bytes) -> None:
    with pytest.raises(NotBindable):
        Binder().take(data)


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding_module, "MOST_PAGES", 2)
    with pytest.raises(NotBindable):
        Binder().take(pdf_with("et", "to", "tre"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_bound_or_refused_and_nothing_else(data: st.DataObject) -> None:
    pdf = bytearray(pdf_with_filled_field("et", "to"))
    for place in data.draw(st.lists(st.integers(0, len(pdf) - 1), max_size=30)):
        pdf[place] = data.draw(st.integers(0, 255))
    try:
        _bound(bytes(pdf))
    except NotBindable:
        return


def test_binding_twice_gives_the_same_bytes() -> None:
    attached = pdf_with("et", "to")
    assert _bound(attached) == _bound(attached)
