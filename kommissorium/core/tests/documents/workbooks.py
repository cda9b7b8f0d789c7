"""Workbooks and texts as programs and people write them, put together from their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from kommissorium.core.documents.sheet_parser.main import answer

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/>
</Relationships>"""
BOOK = f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">
<sheets><sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>"""


def parts(rows: str, **more: str) -> dict[str, str]:
    """Return the parts of a workbook with one sheet: `rows` is the content of its sheetData."""
    found = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": more.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": more.get("before", "")
        + f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{more.get("after", "")}'
        + "</worksheet>",
    }
    if "shared" in more:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{more["shared"]}</sst>'
    if "styles" in more:
        found["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{more["styles"]}</styleSheet>'
    return found


def packed(members: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name, text)
    return target.getvalue()


def raw(rows: str, **more: str) -> bytes:
    return packed(parts(rows, **more))


def texts(*values: str) -> str:
    """Return a row of cells that hold their text themselves."""
    cells = "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in values)
    return f"<row>{cells}</row>"


def workbook_of(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def lines_at_once(arguments: Sequence[str], data: bytes, *, seconds: float) -> Iterator[bytes]:
    """Answer as the separate process does, within this one: a process for each example is slow."""
    lines: list[str] = []
    answer(arguments[-1], io.BytesIO(data), lines.append)
    return (line.encode() for line in lines)
