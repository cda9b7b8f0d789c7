"""Parses one table: reads the file from standard input, writes its rows as lines of JSON.

A row is a list (see table); the last line is an object: the remarks about the table, or
{"refused": code}. Called with "excel" or "text".
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from kommissorium.core.documents.sheet_parser.cells import merged_cells, read_cells
from kommissorium.core.documents.sheet_parser.csv_text import text_rows
from kommissorium.core.documents.sheet_parser.json_lines import TableWriter
from kommissorium.core.documents.sheet_parser.limits import MOST_SHEETS, UnreadableTable, limit
from kommissorium.core.documents.sheet_parser.rows import Merges
from kommissorium.core.documents.sheet_parser.workbook import SheetPart, Workbook

type Write = Callable[[str], object]


def main() -> None:
    """Answer on standard output."""
    limit()
    answer(sys.argv[-1], sys.stdin.buffer, sys.stdout.write)


def answer(kind: str, source: BinaryIO, write: Write) -> None:
    """Write the lines of the answer."""
    try:
        data = source.read()
        told = open_excel(data, write) if kind == "excel" else open_text(data, write)
    except UnreadableTable as refused:
        told = {"refused": refused.code}
    except (MemoryError, RecursionError):
        told = {"refused": "too_heavy"}
    write(json.dumps(told) + "\n")


def open_text(data: bytes, write: Write) -> dict[str, object]:
    """Write the rows of a text file and return the remarks about them. Raises Refused."""
    table = TableWriter(write)
    for row in text_rows(data):
        table.add(row)
    return table.end()


def open_excel(data: bytes, write: Write) -> dict[str, object]:
    """Write the rows of the first visible sheet that has any. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _first_with_content(Workbook(archive), write)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise UnreadableTable("damaged") from error
    except RuntimeError as error:
        raise UnreadableTable("locked") from error


def _first_with_content(book: Workbook, write: Write) -> dict[str, object]:
    """Read the first sheet with a table of several columns, else of one: a cover has only text."""
    visible = [sheet for sheet in book.sheets if not sheet.hidden][:MOST_SHEETS]
    found = "empty"
    for least in (2, 1):
        for sheet in visible:
            table = TableWriter(write, Merges(merged_cells(book, sheet)), least=least)
            try:
                formulas = read_cells(book, sheet, table.add)
                return {"formulas": formulas, **table.end(), **_others(book, sheet)}
            except UnreadableTable as refused:
                if refused.code not in {"empty", "narrow", "no_rows"}:
                    raise
                found = max(found, refused.code)  # "no_rows" says more than "empty"
        if found == "no_rows":
            break
    raise UnreadableTable(
        "hidden" if found == "empty" and len(visible) < len(book.sheets) else found
    )


def _others(book: Workbook, sheet: SheetPart) -> dict[str, object]:
    others = [other.name for other in book.sheets if other is not sheet and not other.hidden]
    return {
        "sheet": sheet.name,
        "others": others,
        "hidden": sum(other.hidden for other in book.sheets),
    }
