"""Unreadable files are refused in words, early, whatever somebody put into them."""

from __future__ import annotations

import codecs
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest
from django.utils import translation
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kommissorium.core.documents.sheet_parser import rows
from kommissorium.core.documents.sheet_parser import workbook as opening_workbook
from kommissorium.core.documents.sheets import SheetRefused, read_sheet, reader
from kommissorium.core.documents.sheets.reader import REFUSALS
from kommissorium.core.tests.documents.workbooks import (
    lines_at_once,
    packed,
    parts,
    raw,
    saved,
    texts,
    workbook_of,
)

SHARED = '<row><c t="s"><v>0</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = texts("Navn", "Ejer") + texts("A", "Bo")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def refusal(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data, name)
    return str(refused.value)


def code_of(data: bytes, name: str = "a.xlsx") -> str:
    """Return the code of the refusal's message; the sentence itself where it has none."""
    said = refusal(data, name)
    return next((code for code, sentence in REFUSALS.items() if str(sentence) == said), said)


def word() -> bytes:
    target = io.BytesIO()
    Document().save(target)
    return target.getvalue()


def hidden_only() -> bytes:
    book = Workbook()
    sheet = book.create_sheet("Skjult")
    sheet.append(["Navn", "Ejer"])
    sheet.append(["A", "Bo"])
    sheet.sheet_state = "veryHidden"
    return saved(book)


def with_part(name: str, text: str | None) -> bytes:
    members = parts(TABLE, shared="<si><t>x</t></si>", styles="<cellXfs/>")
    if text is None:
        del members[name]
    else:
        members[name] = text
    return packed(members)


BILLION = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
REFUSED = {
    "empty workbook": (workbook_of(), "a.xlsx", "empty"),
    "blank text": (b"\r\n ; ; \r\n", "a.csv", "empty"),
    "headings alone": (workbook_of(["Navn", "Ejer"]), "a.xlsx", "no_rows"),
    "headings alone as text": (b"Navn;Ejer\r\n", "a.csv", "no_rows"),
    "hidden sheets alone": (hidden_only(), "a.xlsx", "hidden"),
    "old Excel": (OLE + bytes(600), "a.xls", "old_excel"),
    "old Excel renamed": (OLE + bytes(600), "a.xlsx", "old_excel"),
    "password": (OLE + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "locked"),
    "another kind": (b"%PDF-1.7", "a.pdf", "wrong_kind"),
    "no ending": (b"Navn;Ejer\nA;Bo", "navne", "wrong_kind"),
    "controls": (bytes(range(1, 32)) * 9, "a.csv", "not_text"),
    "half of a sign": (b"\xff\xfeNaN", "a.csv", "not_text"),
    "document type": (raw(TABLE, before=BILLION), "a.xlsx", "damaged"),
    "broken XML": (raw("<row><c></row>"), "a.xlsx", "damaged"),
    "no list of sheets": (with_part("xl/_rels/workbook.xml.rels", None), "a.xlsx", "damaged"),
    "bomb of texts": (
        raw(
            texts("Navn", "Ejer") + SHARED * 1000,
            shared=f"<si><t>{'æ' * 40_000}</t></si>",
        ),
        "a.xlsx",
        "too_much",
    ),
    "text that is not there": (
        raw(TABLE + '<row><c t="s"><v>7</v></c></row>'),
        "a.xlsx",
        "damaged",
    ),
    "far away cell": (raw('<row><c r="ZZZ1"><v>1</v></c></row>'), "a.xlsx", "damaged"),
    "endless cell": (raw(texts("Navn", "x" * 100_001)), "a.xlsx", "long_cell"),
    "quote never closed": (b'Navn;Ejer\nA;"Bo\n' + b"x;y\n" * 40_000, "a.csv", "long_cell"),
    "sheet that is none": (with_part("xl/workbook.xml", "<workbook/>"), "a.xlsx", "empty"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_with_its_own_words(case: str) -> None:
    data, name, code = REFUSED[case]
    assert code_of(data, name) == code


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "empty"),
        (b"MZ\0\0\x90" * 50, "a.xlsx", "ending .xlsx"),
        (b"MZ\0\0\x90" * 50, "a.csv", "ending .csv"),
        (word(), "a.xlsx", "ending .xlsx"),
        (packed({"a.zip": "PK", "b/c.xlsx": "PK"}), "a.xlsx", "ending .xlsx"),
        (workbook_of(["Navn"], ["A"])[:-40], "a.xlsx", "ending .xlsx"),
        (packed(parts(TABLE) | {"xl/vbaProject.bin": "x"}), "a.xlsx", "macros"),
    ],
)
def test_what_may_not_come_in_at_all_is_not_opened(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_an_archive_that_unpacks_to_gigabytes_is_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts(TABLE).items():
            file.writestr(name, text)
        with file.open("xl/media/zeros.bin", "w", force_zip64=True) as zeros:
            for _ in range(301):
                zeros.write(bytes(1024 * 1024))
    assert "unpacks to far more" in refusal(target.getvalue())


def test_more_rows_than_can_be_read_are_refused_before_all_were_read() -> None:
    endless = raw(texts("Navn", "Ejer") + "<row><c><v>1</v></c></row>" * 50_001 + "<broken")
    assert code_of(endless) == "too_many_rows"
    assert code_of(b"Navn;Ejer\n" + b"a;b\n" * 1_000_000, "a.csv") == "too_many_rows"


def test_fifty_thousand_rows_are_read() -> None:
    assert len(read_sheet(b"Navn;Ejer\n" + b"a;b\n" * 50_000, "a.csv").rows) == 50_000


def test_a_million_cells_that_only_have_a_colour_are_passed_over() -> None:
    colours = "<row>" + '<c s="1"/>' * 10_000 + "</row>"
    read = read_sheet(raw(TABLE + colours * 100), "a.xlsx")
    assert [row.cells for row in read.rows] == [["A", "Bo"]]


def test_more_cells_than_a_row_can_have_are_refused() -> None:
    assert code_of(raw("<row>" + "<c/>" * 20_000 + "<c><v>1</v></c></row>")) == "damaged"


def test_more_texts_than_a_sheet_can_show_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "lines_apart", lines_at_once)
    monkeypatch.setattr(opening_workbook, "MOST_CELLS", 9)
    assert read_sheet(raw(TABLE + SHARED, shared="<si><t>x</t></si>" * 9), "a.xlsx")
    assert code_of(raw(TABLE + SHARED, shared="<si/>" * 10)) == "too_much"


def test_more_merged_cells_than_a_sheet_has_are_refused() -> None:
    merges = '<mergeCell ref="A1:A2"/>' * (rows.MOST_MERGES + 1)
    assert code_of(raw(TABLE, after=f"<mergeCells>{merges}</mergeCells>")) == "too_heavy"


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PATIENCE_SECONDS", 0.001)
    assert code_of(raw(TABLE)) == "too_heavy"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_heavy"),
        ("raise SystemExit(3)", "damaged"),
        ("print('{')", "damaged"),
        ("import sys; sys.stdin.read(); print('{}')", "damaged"),
    ],
)
def test_a_process_that_dies_does_not_harm_the_reader(
    program: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_OPENER", program)
    assert code_of(b"Navn;Ejer\nA;Bo\n" * 50_000, "a.csv") == code


def test_the_process_ends_when_the_reader_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            started.append(self)

    def give_up(count: int) -> None:
        raise ValueError(count)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    with pytest.raises(ValueError, match="500"):
        read_sheet(b"Navn;Ejer\n" + b"a;b\n" * 50_000, "a.csv", on_rows=give_up)
    assert started[0].poll() is not None


@pytest.mark.skipif(sys.platform != "linux", reason="limits are those of Linux")
def test_the_process_cannot_take_more_memory_than_it_is_given() -> None:
    program = (
        f"import sys; sys.path.insert(0, {reader._LIBRARY!r})\n"
        "from kommissorium.core.documents.sheet_parser.rows import MEMORY_BYTES, limit\n"
        "limit()\n"
        "try:\n    bytearray(MEMORY_BYTES)\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "refused"


def test_the_process_loads_neither_django_nor_a_library() -> None:
    program = (
        f"import sys; sys.path.insert(0, {reader._LIBRARY!r})\n"
        "import kommissorium.core.documents.sheet_parser.main\nprint(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "kommissorium.core.documents.sheet_parser.main" in loaded
    assert not loaded & {"django", "openpyxl", "lxml", "typst", "docx", "pypdf"}


def _read_or_refused(data: bytes, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "lines_apart", lines_at_once)
        try:
            read = read_sheet(data, name)
        except SheetRefused as refused:
            assert str(refused).endswith(".")
        else:
            assert all(len(row.cells) == len(read.headings) for row in read.rows)


BYTES = st.one_of(
    st.binary(max_size=400),
    st.binary(max_size=400).map(codecs.BOM_UTF16_LE.__add__),
    st.text(max_size=200).map(str.encode),
)


@settings(max_examples=500, deadline=None)
@given(data=BYTES, name=st.sampled_from(["a.csv", "a.txt", "a.xlsx"]))
def test_whatever_bytes_come_they_are_read_or_refused(data: bytes, name: str) -> None:
    _read_or_refused(data, name)


PARTS = parts(TABLE, shared="<si><t>x</t></si>", styles='<cellXfs><xf numFmtId="14"/></cellXfs>')


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_is_broken_inside_a_workbook_it_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PARTS)))
    text = PARTS[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    new = data.draw(st.text("<>/=\"'&;csvtrf01AZ\0 -", max_size=12))
    _read_or_refused(packed(PARTS | {name: text[:start] + new + text[end:]}), "a.xlsx")
