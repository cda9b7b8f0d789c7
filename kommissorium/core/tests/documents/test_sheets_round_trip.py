"""Tables that we or others write are read back as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.documents import Column, Sheet, workbook
from kommissorium.core.documents.sheets import SheetRead, read_sheet, reader
from kommissorium.core.tests.documents.workbooks import lines_at_once

HEADINGS = ["Navn", "Antal", "Dato", "Note"]
LETTERS = st.characters(exclude_categories=["C"], exclude_characters="\ufeff")
TEXT = st.text(LETTERS | st.sampled_from("\n\t;,\"'|=_x0041_"), max_size=60).map(str.strip)
IN_CP1252 = st.text(
    st.characters(codec="cp1252", exclude_categories=["C"]) | st.sampled_from('\n\t;,"'),
    max_size=60,
).map(str.strip)


@pytest.fixture(autouse=True, scope="module")
def _without_a_process_for_each_example() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "lines_apart", lines_at_once)
        yield


def content(read: SheetRead) -> list[list[object]]:
    return [list[object](row.cells) for row in read.rows]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            TEXT.filter(bool),
            st.none()
            | st.integers(-(10**12), 10**12)
            | st.floats(-1e6, 1e6).map(lambda n: round(n, 4)),
            st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31)),
            TEXT.map(lambda text: text or None),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_a_workbook_of_ours_is_read_back_as_it_was(rows: list[tuple[object, ...]]) -> None:
    kinds = ("text", "number", "date", "text")
    columns = [Column(heading, kind=kind) for heading, kind in zip(HEADINGS, kinds, strict=True)]
    data = workbook([Sheet("Ark", columns, rows)], title="t", author="a", language="da")
    read = read_sheet(data, "a.xlsx")
    assert (read.headings, read.notes) == (HEADINGS, [])
    assert content(read) == [list(row) for row in rows]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_text_in_any_dialect_is_read_back_as_it_was(data: st.DataObject) -> None:
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    cell = IN_CP1252 if encoding == "cp1252" else TEXT
    row = st.lists(cell, min_size=4, max_size=4).filter(any)
    rows = data.draw(st.lists(row, min_size=1, max_size=20))
    target = io.StringIO(newline="")
    writer = csv.writer(
        target,
        delimiter=data.draw(st.sampled_from(";,\t")),
        quoting=data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=data.draw(st.sampled_from(["\r\n", "\n", "\r"])),
    )
    writer.writerows([HEADINGS, *rows])
    read = read_sheet(target.getvalue().encode(encoding), "a.csv")
    assert read.headings == HEADINGS
    assert content(read) == [[cell or None for cell in row] for row in rows]
