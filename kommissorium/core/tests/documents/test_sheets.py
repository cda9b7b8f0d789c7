"""Tables are read as the people who uploaded them meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.utils import translation
from openpyxl import Workbook

from kommissorium.core.documents.sheets import read_sheet
from kommissorium.core.tests.documents.workbooks import raw, saved, texts, workbook_of

LINES = 'Navn{0}Ejer{0}Note\r\nÆsel{0}Åse Øst{0}"To ""ord"";\r\nog, en\tlinje"\r\n\r\nB{0}{0}c\r\n'
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_text_is_read_with_any_mark_and_in_any_encoding(mark: str, encoding: str) -> None:
    read = read_sheet(LINES.format(mark).encode(encoding), "Udtræk.CSV")
    assert read.headings == ["Navn", "Ejer", "Note"]
    assert [(row.number, row.cells) for row in read.rows] == [
        (2, ["Æsel", "Åse Øst", 'To "ord";\nog, en\tlinje']),
        (4, ["B", None, "c"]),
    ]
    assert read.notes == []


def test_a_first_line_that_tells_excel_the_mark_is_no_row() -> None:
    read = read_sheet(b"sep=|\r\nNavn|Pris\r\nA|1,50\r\n", "a.csv")
    assert read.headings == ["Navn", "Pris"]
    assert [(row.number, row.cells) for row in read.rows] == [(2, ["A", "1,50"])]


def test_commas_in_numbers_and_sentences_do_not_hide_the_semicolons() -> None:
    data = "Navn;Pris;Note\nA;1,50;ja, nej, måske\nB;2,50;a, b, c\n".encode()
    assert [row.cells[1] for row in read_sheet(data, "a.csv").rows] == ["1,50", "2,50"]


def test_a_list_of_names_alone_is_a_table_of_one_column() -> None:
    read = read_sheet("Navn\nÅrhus\nRibe\n".encode(), "a.csv")
    assert (read.headings, [row.cells for row in read.rows]) == (["Navn"], [["Århus"], ["Ribe"]])


def test_headings_are_found_below_titles_and_what_the_list_says_about_itself() -> None:
    read = read_sheet(
        workbook_of(
            ["Systemoversigt 2026"],
            ["Udtrukket:", "25.11.2026"],
            ["Afdeling:", "Økonomi"],
            [],
            ["Navn", "Ejer", "Kritisk", "Dato", "Note"],
            ["A", "Bo", None, None, "x"],
        ),
        "a.xlsx",
    )
    assert read.headings == ["Navn", "Ejer", "Kritisk", "Dato", "Note"]
    assert [(row.number, row.cells) for row in read.rows] == [(6, ["A", "Bo", None, None, "x"])]
    assert read.notes == ["The headings are in row 5. What is above them was left out."]


def test_headings_that_are_the_same_are_numbered() -> None:
    read = read_sheet(b"Note;note;Note (2);NOTE\n1;2;3;4\n", "a.csv")
    assert read.headings == ["Note", "note (2)", "Note (2) (2)", "NOTE (3)"]
    assert read.notes == ["Headings that occur more than once were numbered."]


def test_a_column_without_heading_is_left_out_and_named() -> None:
    read = read_sheet(workbook_of(["A", None, "B", None], [1, 2, 3, None]), "a.xlsx")
    assert (read.headings, read.rows[0].cells) == (["A", "B"], [1, 3])
    assert read.notes == ["A column without a heading was left out: B."]


def test_of_a_thousand_columns_the_first_three_hundred_are_read() -> None:
    wide = [f"K{number}" for number in range(1000)]
    read = read_sheet(workbook_of(wide, list(range(1000))), "a.xlsx")
    assert read.headings == wide[:300]
    assert read.rows[0].cells == list(range(300))
    assert read.notes == ["Only the first 300 columns were read. 700 more were left out."]


def test_numbers_days_times_and_answers_come_as_what_they_are() -> None:
    moment = datetime(2026, 11, 25, 23, 59)  # noqa: DTZ001 - Excel knows no zone
    row = [1, 2.5, -3.0, date(2026, 11, 25), moment, time(8, 30), True, "  tekst  ", "   "]
    read = read_sheet(workbook_of([*"abcdefghi"], row), "a.xlsx")
    day = date(2026, 11, 25)
    assert read.rows[0].cells == [1, 2.5, -3, day, day, "08:30", "TRUE", "tekst", None]
    assert [type(cell) for cell in read.rows[0].cells[:3]] == [int, float, int]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", 46351),
        ("Standard", 46351),
        ("dd-mm-yyyy", date(2026, 11, 25)),
        ("[$-406]d\\. mmmm yyyy;@", date(2026, 11, 25)),
        ("mmm", date(2026, 11, 25)),
        ('0 "dage"', 46351),
        ("[Red]0.00", 46351),
        ("[h]:mm", 46351),
        ("_-* #,##0\\ _d", 46351),
    ],
)
def test_a_number_is_a_day_where_its_format_shows_one(code: str, shown: object) -> None:
    book = Workbook()
    book.active.append(["Navn", "Dato"])
    book.active.append(["A", 46351])
    book.active["B2"].number_format = code
    assert read_sheet(saved(book), "a.xlsx").rows[0].cells[1] == shown


def test_days_are_counted_as_the_workbook_counts_them() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    cells = '<row><c s="1"><v>1</v></c><c s="1"><v>61</v></c><c s="1"><v>9e9</v></c></row>'
    rows = texts("a", "b", "c") + cells
    assert read_sheet(raw(rows, styles=styles), "a.xlsx").rows[0].cells == [
        date(1900, 1, 1),
        date(1900, 3, 1),
        9_000_000_000,
    ]
    since_1904 = raw(rows, styles=styles, book=BOOK_OF_1904)
    assert read_sheet(since_1904, "a.xlsx").rows[0].cells[0] == date(1904, 1, 2)


BOOK_OF_1904 = """<x:workbook xmlns:x="m" xmlns:rel="r"><x:workbookPr date1904="1"/><x:sheets>
<x:sheet name="Ark1" rel:id="rId1"/></x:sheets></x:workbook>"""


def test_of_a_formula_the_saved_value_is_read_and_where_none_is_the_row_says_so() -> None:
    cells = """<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>tekst</v></c>
    <c><f>NOW()</f></c><c t="str"><f>""</f><v></v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"""
    read = read_sheet(raw(texts("a", "b", "c", "d", "e") + cells), "a.xlsx")
    assert read.rows[0].cells == [2, "tekst", None, None, None]
    assert read.rows[0].faults == {
        2: "The cell holds a formula whose value was not saved. "
        "Open the file in Excel and save it.",
        4: "The cell shows an error in Excel.",
    }
    assert read.notes == [
        "2 cells hold formulas. The values last saved were used.",
        "1 cell holds a formula whose value was not saved.",
        "1 cell shows an error in Excel and was left empty.",
    ]


def test_merged_cells_give_their_value_to_the_rows_below_but_not_sideways() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Afdeling", "System", "Note"], ["Økonomi", "A", "x"], [None, "B"], [None, "C"]):
        sheet.append(row)
    sheet.append(["Samlet"])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A5:C6")
    read = read_sheet(saved(book), "a.xlsx")
    assert [row.cells for row in read.rows] == [
        ["Økonomi", "A", "x"],
        ["Økonomi", "B", None],
        [None, "C", None],
        ["Samlet", None, None],
    ]
    assert read.notes == [
        "Merged cells were filled in: each of their rows was given the value they show."
    ]


def test_headings_in_two_rows_are_read_together() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["System", "Ejer", None, "Note"])
    sheet.append([None, "Navn", "E-mail", None])
    sheet.append(["A", "Bo", "bo@example.org", "x"])
    for merge in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(merge)
    read = read_sheet(saved(book), "a.xlsx")
    assert read.headings == ["System", "Ejer Navn", "Ejer E-mail", "Note"]
    assert [row.cells for row in read.rows] == [["A", "Bo", "bo@example.org", "x"]]


def test_the_first_sheet_that_is_shown_and_holds_a_table_is_read() -> None:
    book = Workbook()
    book.active.title = "Forside"
    book.active.append(["Læs dette først"])
    hidden = book.create_sheet("Opslag")
    hidden.append(["Kode", "Navn"])
    hidden.append([1, "skjult"])
    hidden.sheet_state = "hidden"
    for name in ("Systemer", "Arkiver"):
        sheet = book.create_sheet(name)
        sheet.append(["Navn", "Ejer"])
        sheet.append([name, "Bo"])
    read = read_sheet(saved(book), "a.xlsx")
    assert read.rows[0].cells == ["Systemer", "Bo"]
    assert read.notes == [
        "Only the sheet “Systemer” was read. Left out: Forside, Arkiver.",
        "1 hidden sheet was left out.",
    ]


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end() -> None:
    rows = texts("Navn", "Ejer") + texts("A", "Bo") + texts("B", "Eva")
    lying = raw(rows, before="").replace(b"<sheetData>", b"<sheetData>")
    assert len(read_sheet(lying, "a.xlsx").rows) == 2
    dimension = raw(rows, after='<dimension ref="A1:A1"/>')
    assert len(read_sheet(dimension, "a.xlsx").rows) == 2


def test_cells_and_rows_stand_where_they_say_or_next_to_the_last() -> None:
    rows = """<row r="3"><c r="B3" t="s"><v>0</v></c><c t="s"><v>1</v></c></row>
    <row r="7"><c r="A7"/><c r="B7"><v>1</v></c><c r="C7"><v>2</v></c></row>"""
    read = read_sheet(raw(rows, shared="<si><t>b</t></si><si><t>c</t></si>"), "a.xlsx")
    assert (read.headings, read.rows[0].number, read.rows[0].cells) == (["b", "c"], 7, [1, 2])


def test_texts_are_read_as_they_are_shown() -> None:
    shared = (
        "<si><r><t>to </t></r><r><t>dele</t></r><rPh><t>udtale</t></rPh></si>"
        "<si><t>linje_x000D_\nto_x0041__xD83D__xDE00__x0000_</t></si>"
    )
    rows = texts("Navn", "Note") + '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    read = read_sheet(raw(rows, shared=shared), "a.xlsx")
    assert read.rows[0].cells == ["to dele", "linje\ntoA😀"]


def test_one_is_told_how_many_rows_were_read_so_far() -> None:
    told: list[int] = []
    read_sheet(b"Navn;Nr\n" + b"a;b\n" * 1200, "a.csv", on_rows=told.append)
    assert told == [500, 1000, 1200]
