"""Parses one table, Excel or text: reads it from standard input, writes its rows as lines of JSON.

A row is a list (see table); the last line is an object: what is to be said of the table, or
{"refused": code}. Called with "excel" or "text".
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from kommissorium.core.documents.sheet_parser.cells import merged_cells, read_cells
from kommissorium.core.documents.sheet_parser.json_lines import TableWriter
from kommissorium.core.documents.sheet_parser.rows import (
    MOST_IN_A_CELL,
    MOST_SHEETS,
    Merges,
    SheetRow,
    UnreadableTable,
    cleaned,
    limit,
)
from kommissorium.core.documents.sheet_parser.workbook import SheetPart, Workbook

MARKS: Final = ";\t,|"
SAMPLE_CHARACTERS: Final = 65_536
SAMPLE_ROWS: Final = 200
_CHUNK: Final = 1024 * 1024
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


def text_rows(data: bytes) -> Iterator[SheetRow]:
    """Yield the rows of a text file, numbered as Excel would number them. Raises Refused."""
    encoding = _encoding_of(data)
    start, mark = _told_mark(data, encoding)
    if mark is None:
        mark = _found_mark(_opened(data, encoding).read(SAMPLE_CHARACTERS))
    lines = itertools.islice(_opened(data, encoding), start, None)
    csv.field_size_limit(MOST_IN_A_CELL)
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=mark), start=1):
            texts = ((column, cleaned(cell)) for column, cell in enumerate(cells) if cell)
            yield SheetRow(number, {column: text for column, text in texts if text})
    except csv.Error as error:
        raise UnreadableTable("long_cell") from error


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    errors = "replace" if encoding == "cp1252" else "strict"
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors, newline="")


def _encoding_of(data: bytes) -> str:
    if data.startswith(_UTF_16):
        if not _is_in(data, "utf-16"):
            raise UnreadableTable("not_text")
        return "utf-16"
    sample = data[:SAMPLE_CHARACTERS]
    if b"\0" in data or sum(byte in _CONTROLS for byte in sample) > len(sample) // 100:
        raise UnreadableTable("not_text")
    return "utf-8-sig" if _is_in(data, "utf-8") else "cp1252"


def _is_in(data: bytes, encoding: str) -> bool:
    """Return whether all of it has the encoding; piece by piece, as the whole takes much memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _told_mark(data: bytes, encoding: str) -> tuple[int, str | None]:
    """Return the number of lines to skip and the mark: Excel takes a first line such as "sep=;"."""
    line = _opened(data, encoding).readline(20).strip('"\r\n')
    if not line.lower().startswith("sep="):
        return 0, None
    return 1, line[4:] if line[4:] in set(MARKS) else None


def _found_mark(sample: str) -> str:
    """Return the mark between cells: the one that splits most rows into as many cells."""
    best = max(MARKS, key=lambda mark: (_evenness(sample, mark), -MARKS.index(mark)))
    return best if _evenness(sample, best) > (0, 0) else ";"


def _evenness(sample: str, mark: str) -> tuple[float, int]:
    """Return the share of rows with the usual number of cells, and that number."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    try:
        rows = [row for row in itertools.islice(reader, SAMPLE_ROWS) if row]
    except csv.Error:
        return (0, 0)
    if len(sample) == SAMPLE_CHARACTERS and len(rows) > 1:
        del rows[-1]  # cut in the middle
    widths = Counter(map(len, rows))
    del widths[1]
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (count / len(rows), width)


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
