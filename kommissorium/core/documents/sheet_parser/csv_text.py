"""Reads a table from text: cells separated by semicolons, commas or tabs."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kommissorium.core.documents.sheet_parser.limits import MOST_IN_A_CELL, UnreadableTable
from kommissorium.core.documents.sheet_parser.rows import SheetRow, cleaned

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
