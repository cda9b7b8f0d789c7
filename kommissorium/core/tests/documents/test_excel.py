from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

import openpyxl
import pytest
from django.utils.functional import lazystr
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.documents.excel import (
    MOST_DIGITS,
    MOST_TEXT,
    WIDEST,
    Column,
    Kind,
    Sheet,
    headings,
    sheet_titles,
    workbook,
)

STARTERS = ["=", "+", "-", "@", "\t", "\r", "\0"]
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)


def _written(*sheets: Sheet, **changes: str) -> bytes:
    words = {"title": "Opgaver", "author": "Eksempel Kommune", "language": "da"}
    return workbook(sheets, **(words | changes))


def _opened(*sheets: Sheet, **changes: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(_written(*sheets, **changes)))


def _cell(value: Any, kind: Kind = "text") -> Any:
    """Return the cell that holds the value, as it is read back."""
    book = _opened(Sheet("Ark", [Column("Felt", kind=kind)], [[value]]))
    return book.active["A2"]


def _naive(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment without a zone, as Excel has them."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001


@pytest.mark.parametrize("starter", STARTERS)
def test_no_text_is_a_formula_whatever_it_begins_with_and_wherever_it_stands(starter: str) -> None:
    text = starter + "cmd|' /C calc'!A0"
    columns = [Column(f"{text}{kind}", kind=kind) for kind in KINDS]
    sheet = Sheet(text, columns, [[text] * len(columns), [lazystr(text)] * len(columns)])
    data = _written(sheet, title=text, author=text)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active for cell in row]
    assert len(cells) == 3 * len(KINDS)
    assert {cell.data_type for cell in cells} == {"s"}
    shown = {"\0": "", "\r": "\n"}.get(starter, starter) + "cmd|' /C calc'!A0"
    assert {cell.value for cell in cells} == {shown, *(f"{shown}{kind}" for kind in KINDS)}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("starter", ["=", "+", "-", "@", "\t", "\r"])
def test_what_looks_like_a_formula_stays_text_when_it_is_edited(starter: str) -> None:
    assert _cell(starter + "1").quotePrefix
    assert not _cell("1" + starter).quotePrefix


@given(st.text(max_size=40), st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_text(text: str, kind: Kind) -> None:
    cell = _cell("a" + text, kind)
    assert cell.data_type == "s"
    assert cell.value.startswith("a")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Æblegrød på øen, Ærø å", "Æblegrød på øen, Ærø å"),
        ("to\r\nlinjer", "to\nlinjer"),
        ("  plads om  ", "  plads om  "),
        ("a\x00\x07\x1f\ud800\ufffeb", "ab"),
        ("#N/A", "#N/A"),
        ("0042", "0042"),
        ("3. dec", "3. dec"),
        ("TRUE", "TRUE"),
    ],
)
def test_a_text_is_shown_as_it_was_typed(text: str, shown: str) -> None:
    cell = _cell(text)
    assert (cell.value, cell.data_type) == (shown, "s")


def test_a_text_that_excel_would_take_for_a_coded_letter_is_coded_itself() -> None:
    data = _written(Sheet("Ark", [Column("Felt")], [["_x0041_ og _x_"]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<t>_x005F_x0041_ og _x_</t>" in archive.read("xl/worksheets/sheet1.xml")


def test_a_text_longer_than_excel_can_hold_is_cut_between_two_characters() -> None:
    assert _cell("x" * (MOST_TEXT + 5)).value == "x" * MOST_TEXT
    assert _cell("\N{OWL}" * MOST_TEXT).value == "\N{OWL}" * (MOST_TEXT // 2)


@pytest.mark.parametrize("value", [0, -3, 2.5, Decimal("1250000.50"), 10**14])
def test_a_number_is_a_number(value: float) -> None:
    cell = _cell(value, "number")
    assert (cell.value, cell.data_type) == (value, "n")


@pytest.mark.parametrize("value", [10**MOST_DIGITS, float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_excel_would_change_is_text(value: float) -> None:
    cell = _cell(value, "number")
    assert (cell.value, cell.data_type) == (str(value), "s")


def test_kroner_are_numbers_with_their_unit() -> None:
    cell = _cell(1_250_000, "kroner")
    assert (cell.value, cell.number_format) == (1_250_000, '#,##0 "kr."')


def test_a_date_is_a_date_in_danish_form() -> None:
    cell = _cell(date(2026, 12, 3), "date")
    assert (cell.value, cell.is_date) == (_naive(2026, 12, 3), True)
    assert cell.number_format == "dd-mm-yyyy"


def test_a_moment_is_shown_in_the_zone_of_the_municipality() -> None:
    cell = _cell(datetime(2026, 12, 3, 12, 30, tzinfo=UTC), "moment")
    assert (cell.value, cell.number_format) == (_naive(2026, 12, 3, 13, 30), "dd-mm-yyyy hh:mm")
    assert _cell(_naive(2026, 12, 3, 13, 30), "moment").value == _naive(2026, 12, 3, 13, 30)


def test_a_day_older_than_excel_is_text() -> None:
    cell = _cell(date(1848, 3, 5), "date")
    assert (cell.value, cell.data_type) == ("05-03-1848", "s")


def test_a_number_in_a_column_of_text_is_text() -> None:
    assert (_cell(42).value, _cell(42).data_type) == ("42", "s")


@pytest.mark.parametrize(
    ("value", "kind"),
    [(3, "date"), (date(2026, 12, 3), "number"), (date(2026, 12, 3), "kroner"), (True, "number")],
)
def test_a_value_its_column_does_not_take_is_told(value: Any, kind: Kind) -> None:
    with pytest.raises(TypeError, match=f"a column of kind {kind} takes no"):
        _cell(value, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_an_empty_cell(kind: Kind) -> None:
    assert _cell(None, kind).value is None


def test_each_row_has_its_own_values_and_none_of_the_row_before() -> None:
    columns = [Column("a"), Column("b", kind="number"), Column("c", kind="link")]
    rows: list[list[Any]] = [
        ["=1", "–", "https://eksempel.dk/"],
        ["to", 2, None],
        [None, None, "tre"],
    ]
    read = list(_opened(Sheet("Ark", columns, rows)).active.iter_rows(min_row=2))
    assert [[cell.value for cell in row] for row in read] == rows
    assert [row[2].hyperlink is not None for row in read] == [True, False, False]
    assert [row[0].quotePrefix for row in read] == [True, False, False]


@pytest.mark.parametrize("address", ["https://eksempel.dk/opgaver/3/", "mailto:it@eksempel.dk"])
def test_a_link_leads_where_it_says(address: str) -> None:
    cell = _cell(address, "link")
    assert (cell.value, cell.hyperlink.target) == (address, address)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/opgaver/3/", "file:///etc/passwd"])
def test_an_address_nobody_may_be_led_to_is_text_alone(address: str) -> None:
    cell = _cell(address, "link")
    assert (cell.value, cell.hyperlink) == (address, None)


def test_the_headings_are_bold_stay_in_sight_and_filter_their_columns() -> None:
    page = _opened(
        Sheet("Ark", [Column("Titel"), Column("Frist")], [["a", "b"], ["c", "d"]])
    ).active
    assert [cell.value for cell in page[1]] == ["Titel", "Frist"]
    assert all(cell.font.b for cell in page[1])
    assert not page["A2"].font.b
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B3")
    assert page.print_title_rows == "$1:$1"


def test_a_column_is_as_wide_as_it_says_or_as_its_content_within_reason() -> None:
    columns = [Column("a", width=33), Column("b"), Column("c"), Column("d", kind="date")]
    row: list[Any] = ["x" * 99, "x" * 20 + "\nx", "x" * 500, date(2026, 12, 3)]
    widths = _opened(Sheet("Ark", columns, [row])).active.column_dimensions
    assert [widths[letter].width for letter in "ABCD"] == [33, 22, WIDEST, 12]


def test_the_file_says_what_it_is_whose_and_in_which_language() -> None:
    properties = _opened(Sheet("Ark", [Column("a")], [])).properties
    found = (properties.title, properties.creator, properties.language)
    assert found == ("Opgaver", "Eksempel Kommune", "da")


@pytest.mark.parametrize(
    ("titles", "accepted"),
    [
        (["Opgaver: [A]/B*?\\"], ["Opgaver- -A-B-"]),
        (["Ærø", "ærø", "ÆRØ"], ["Ærø", "ærø (2)", "ÆRØ (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["", "'", "\0"], ["-", "- (2)", "- (3)"]),
        (["'citat'"], ["citat"]),
        (["History"], ["History (2)"]),
        (["\N{OWL}" * 20], ["\N{OWL}" * 15]),
    ],
)
def test_a_title_is_one_that_excel_accepts(titles: list[str], accepted: list[str]) -> None:
    assert sheet_titles(titles) == accepted


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_sheets_are_always_told_apart(titles: list[str]) -> None:
    names = _opened(*(Sheet(title, [Column("a")], []) for title in titles)).sheetnames
    assert names == sheet_titles(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_columns_are_always_told_apart(texts: list[str]) -> None:
    cells = [
        cell.value or "" for cell in _opened(Sheet("a", list(map(Column, texts)), [])).active[1]
    ]
    assert len({cell.casefold() for cell in cells}) == len(texts)


def test_columns_named_alike_by_people_are_numbered() -> None:
    columns = [Column("Backup"), Column("backup"), Column("Adgang"), Column("Backup")]
    assert headings(columns) == ["Backup", "backup (2)", "Adgang", "Backup (3)"]


def test_a_sheet_without_rows_or_columns_can_be_opened() -> None:
    book = _opened(Sheet("Tom", [Column("a")], []), Sheet("Intet", [], []))
    assert book.sheetnames == ["Tom", "Intet"]
    assert book["Tom"].auto_filter.ref == "A1:A1"


@pytest.mark.parametrize(
    "rows", [[["a"]], [["a", "b", "c"]], [["a", "b"], ["c"]], [["a", "b"]] * 300 + [["c"]]]
)
def test_a_row_that_does_not_fit_its_columns_is_told(rows: Sequence[Sequence[str]]) -> None:
    with pytest.raises(ValueError, match="zip"):
        _written(Sheet("Ark", [Column("a"), Column("b")], rows))


def test_thousands_of_rows_are_read_once_and_all_written() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[Any]]:
        for number in range(5000):
            read.append(number)
            yield [number, f"={number} æøå", date(2026, 1, 1), number * 1000]

    columns = [
        Column("Nr.", kind="number"),
        Column("Titel"),
        Column("Frist", kind="date"),
        Column("Beløb", kind="kroner"),
    ]
    data = _written(Sheet("Opgaver", columns, rows()))
    page = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active
    found = list(page.iter_rows(min_row=2, values_only=True))
    assert read == list(range(5000))
    assert [row[0] for row in found] == read
    assert found[-1] == (4999, "=4999 æøå", _naive(2026, 1, 1), 4_999_000)
