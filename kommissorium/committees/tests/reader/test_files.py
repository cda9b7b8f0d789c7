"""Documents in every format, and files that are no documents."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
import typst
from django.utils import translation

from kommissorium.committees.reader import (
    UnreadableMandate,
    model,
    read_file,
    read_text,
    source_text,
)
from kommissorium.committees.tests.reader.words import text_of
from kommissorium.core.documents import text_of_files

SEATS = [
    ("chair", "Kommunaldirektør"),
    ("secretary", "Sikkerhedskoordinator"),
    ("adviser", "Databeskyttelsesrådgiver"),
    ("member", "Chef for digitalisering"),
    ("member", None),
]
ROWS = [
    ("Rolle", "Navn", "Funktion"),
    ("Formand", "", "Kommunaldirektør"),
    ("Sekretær", "", "Sikkerhedskoordinator"),
    ("Rådgiver", "", "Databeskyttelsesrådgiver"),
    ("Medlem", "", "Chef for digitalisering"),
    ("Medlem", "", "xxxxxx"),
]
TASKS = [
    "Godkender hvert kvartal en sikkerhedsstatus.",
    "Vurderer resultatet af intern audit.",
]


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading("Kommissorium for cyberudvalget", 0)
    document.add_heading("Medlemmer", 1)
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Opgaver", 1)
    for task in TASKS:
        document.add_paragraph(task, style="List Bullet")
    document.add_heading("Møder", 1)
    document.add_paragraph("Udvalget mødes mindst fire gange om året.")
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_odt() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    tasks = "".join(f"<text:list-item><text:p>{task}</text:p></text:list-item>" for task in TASKS)
    body = (
        "<text:h>Kommissorium for cyberudvalget</text:h><text:h>Medlemmer</text:h>"
        f"<table:table>{cells}</table:table><text:h>Opgaver</text:h><text:list>{tasks}</text:list>"
        "<text:h>Møder</text:h><text:p>Udvalget mødes<text:s/>mindst fire gange om året.</text:p>"
    )
    return zipped({"content.xml": odt_content(body)})


def odt_content(body: str, prologue: str = "") -> str:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {spaces}>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def as_pdf() -> bytes:
    cells = ", ".join(f"[{cell}]" for row in ROWS for cell in row)
    tasks = "\n".join(f"- {task}" for task in TASKS)
    source = (
        f"= Kommissorium for cyberudvalget\n== Medlemmer\n#table(columns: 3, {cells})\n"
        f"== Opgaver\n{tasks}\n== Møder\nUdvalget mødes mindst fire gange om året.\n"
    )
    return typst.compile(source.encode())


def zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_with(document: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def empty_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "name"), [(as_docx, "a.docx"), (as_odt, "a.odt"), (as_pdf, "a.pdf")]
)
def test_documents_are_read_with_table_list_and_headings(make, name: str) -> None:
    found = read_file(make(), name)
    assert found.title == "Kommissorium for cyberudvalget"
    assert [(row.role, row.function) for row in found.members] == SEATS
    clauses = [(c.number, c.measure, c.text) for c in found.clauses if c.kind != "member"]
    assert clauses == [
        ("T1", "quarterly_status", TASKS[0]),
        ("T2", "audit_evaluation", TASKS[1]),
        ("K1", "meetings_per_year", "Udvalget mødes mindst fire gange om året."),
    ]


def test_deleted_words_of_a_tracked_docx_are_left_out_and_inserted_ones_kept() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = source_text(
        docx_with(
            f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t xml:space="preserve">Udvalget '
            "mødes </w:t></w:r><w:del><w:r><w:delText>to</w:delText></w:r></w:del><w:ins><w:r>"
            "<w:t>fire</w:t></w:r></w:ins><w:r><w:t> gange om året.</w:t></w:r></w:p></w:body>"
            "</w:document>"
        ),
        "a.docx",
    )
    assert text.strip() == "Udvalget mødes fire gange om året."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_files_are_read_in_the_usual_encodings(encoding: str) -> None:
    source = text_of("da_prosa.txt")
    assert read_file(source.encode(encoding), "a.txt") == read_text(source)


def test_windows_and_old_mac_line_ends_are_read_alike() -> None:
    source = text_of("sv_sakerhetsrad.txt")
    assert read_text(source.replace("\n", "\r\n")) == read_text(source)
    assert read_text(source.replace("\n", "\r")) == read_text(source)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD = {
    "empty": (b"", "a.txt", "empty"),
    "blank": (b" \n\t\n", "a.txt", "empty"),
    "a program": (b"\x7fELF\x02\x01\x01\x00\x00\x00", "a.txt", "unknown_type"),
    "control bytes": (bytes(range(1, 9)) * 40, "a.md", "unknown_type"),
    "rich text": (b"{\\rtf1 Udvalget}", "a.rtf", "unknown_type"),
    "half of UTF-16": (b"\xff\xfeU\x00d", "a.txt", "unknown_type"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "old_word"),
    "a name that promises": (b"just words", "a.docx", "damaged"),
    "a damaged zip": (as_docx()[:900], "a.docx", "damaged"),
    "a damaged PDF": (b"%PDF-1.7\nnothing of the kind", "a.pdf", "damaged"),
    "a zip of something": (zipped({"a.txt": "hello"}), "a.docx", "unknown_type"),
    "broken XML": (docx_with("<w:document>"), "a.docx", "damaged"),
    "a novel": (b"Udvalget sov. " * 5000, "a.txt", "too_long"),
    "something else": (
        "Kære Ida. Tak for sidst. Vi ses til sommer.".encode(),
        "a.txt",
        "no_mandate",
    ),
    "a shopping list": (b"- milk\n- bread\n- butter\n", "a.txt", "no_mandate"),
    "an entity bomb": (zipped({"content.xml": odt_content("&b;", BOMB)}), "a.odt", "damaged"),
    "an entity bomb in UTF-16": (
        docx_with(f"{BOMB}<x>&b;</x>".encode("utf-16")),
        "a.docx",
        "damaged",
    ),
    "a tower of elements": (docx_with("<a>" * 50_000 + "</a>" * 50_000), "a.docx", "damaged"),
    "a locked PDF": (encrypted_pdf(), "a.pdf", "encrypted"),
    "a PDF of pictures": (empty_pdf(), "a.pdf", "no_text_layer"),
    "a locked odt": (
        zipped({"content.xml": b"\x01\x02", "META-INF/manifest.xml": "<encryption-data/>"}),
        "a.odt",
        "encrypted",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_mandate_is_refused_with_its_reason(what: str) -> None:
    data, name, code = BAD[what]
    with pytest.raises(UnreadableMandate) as refused:
        read_file(data, name)
    assert refused.value.code == code


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(UnreadableMandate) as refused:
        read_file(docx_with(b"<a>" + b" " * (60 * 1024 * 1024)), "a.docx")
    assert refused.value.code == "zip_bomb"


def test_fifty_megabytes_are_refused_before_they_are_opened() -> None:
    with pytest.raises(UnreadableMandate) as refused:
        read_file(b"%PDF-" + bytes(50 * 1024 * 1024), "a.pdf")
    assert refused.value.code == "too_large"


def test_every_reason_is_one_or_two_plain_sentences() -> None:
    with translation.override("en"):
        for code in model.MESSAGES:
            message = str(UnreadableMandate(code).message)
            assert message.endswith(".")
            assert 1 <= message.count(". ") + 1 <= 2


def test_a_worker_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_of_files, "_PATIENCE_SECONDS", 0.001)
    with pytest.raises(UnreadableMandate) as refused:
        read_file(as_docx(), "a.docx")
    assert refused.value.code == "too_heavy"


def test_a_worker_that_dies_does_not_harm_the_caller(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "extractor.py"
    script.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", encoding="utf-8")
    monkeypatch.setattr(text_of_files, "_EXTRACTOR", script)
    with pytest.raises(UnreadableMandate) as refused:
        read_file(as_docx(), "a.docx")
    assert refused.value.code == "too_heavy"


@pytest.mark.skipif(sys.platform != "linux", reason="limits are those of Linux")
def test_the_worker_cannot_take_more_memory_than_it_is_given() -> None:
    worker = text_of_files._EXTRACTOR
    script = (
        f"import runpy; m = runpy.run_path({str(worker)!r}); m['limit'](0)\n"
        "try:\n    bytearray(2 * m['MEMORY_BYTES'])\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "refused"
