"""Reads the index of a workbook: names of sheets, shared texts, and formats of numbers."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import isfinite
from typing import Final
from xml.parsers import expat

from kommissorium.core.documents.sheet_parser.rows import (
    MOST_CELLS,
    MOST_CHARACTERS,
    UnreadableTable,
    Value,
    cleaned,
)

_CHUNK: Final = 65_536


class LocalNames(dict[str, str]):
    """Gives the name of a tag without its prefix, and remembers it."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


def read_part(
    archive: zipfile.ZipFile,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Call `start`, `end` and `text` for the contents of a part, the names without prefix.

    Raises Refused for a part that declares a document type: those are how a small file grows.
    """
    names = LocalNames()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: start(names[tag], attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(names[tag])
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(name) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableTable("damaged") from error


def _refuse(*_declaration: object) -> None:
    raise UnreadableTable("damaged")


def attribute(attributes: Mapping[str, str], local: str) -> str:
    """Return an attribute by its name without prefix, "" where it is not given."""
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == local), "")


# The formats that every workbook has without writing them down.
_DAYS: Final = frozenset([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)])
_TIMES: Final = frozenset([18, 19, 20, 21, 45, 47])
_NOT_LETTERS_OF_A_DAY: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
MINUTES_OF_A_DAY: Final = 24 * 60
MOST_DIGITS: Final = 15
# Excel has a 29 February 1900 that never was: the days before it are one off.
_LEAP_DAY: Final = 60


def kind_of_format(number: int, code: str | None) -> str:
    """Return "day", "time" or "" for a format by its number and, if it has one, its code."""
    if code is None:
        return "day" if number in _DAYS else "time" if number in _TIMES else ""
    if code.casefold() in {"general", "standard"} or re.search(r"\[[hms]+\]", code, re.IGNORECASE):
        return ""
    letters = _NOT_LETTERS_OF_A_DAY.sub("", code.partition(";")[0]).casefold()
    if re.search(r"[dyå]|^m+$|m{3}", letters):
        return "day"
    return "time" if re.search(r"h|s", letters) else ""


def number_value(text: str, kind: str, *, from_1904: bool) -> Value:
    """Return the value a number shows under a format of this kind; the text if it is no number."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not isfinite(number):
        return text
    if kind == "time" or (kind == "day" and 0 <= number < 1):
        return _time(number) if 0 <= number < 1 else _plain(number)
    if kind == "day":
        return _day(number, from_1904=from_1904) or _plain(number)
    return _plain(number)


def _plain(number: float) -> int | float:
    whole = number.is_integer() and abs(number) < 10**MOST_DIGITS
    return int(number) if whole else number


def _day(number: float, *, from_1904: bool) -> date | None:
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    if not from_1904 and number < _LEAP_DAY:
        first = date(1899, 12, 31)
    try:
        return first + timedelta(days=int(number))
    except OverflowError:
        return None


def _time(number: float) -> str:
    hours, minutes = divmod(round(number * MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY, 60)
    return f"{hours:02}:{minutes:02}"


_CODED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet by its name and its part in the file."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """A workbook without its cells. Raises Refused for an inconsistent one."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.from_1904 = False
        self.sheets: list[SheetPart] = []
        self._targets: dict[str, tuple[str, str]] = {}
        self._parts = set(archive.namelist())
        read_part(archive, self._there(_RELATIONS), start=self._relation)
        read_part(archive, self._there(_WORKBOOK), start=self._sheet)

    def _there(self, part: str) -> str:
        if part not in self._parts:
            raise UnreadableTable("damaged")
        return part

    def _relation(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            self._targets[attributes.get("Id", "")] = (kind, part.lstrip("/"))

    def _sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet":
            kind, part = self._targets.get(attribute(attributes, "id"), ("", ""))
            if kind == "worksheet" and part in self._parts:
                hidden = attributes.get("state", "visible") != "visible"
                title = cleaned(attributes.get("name", ""))[:100]
                self.sheets.append(SheetPart(title, part, hidden))

    def _part_of_kind(self, kind: str) -> str | None:
        found = (part for k, part in self._targets.values() if k == kind and part in self._parts)
        return next(found, None)

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells name by number."""
        part = self._part_of_kind("sharedStrings")
        if part is None:
            return []
        reader = _Texts()
        read_part(self.archive, part, start=reader.start, end=reader.end, text=reader.text)
        return reader.texts

    @cached_property
    def kinds(self) -> list[str]:
        """The kind, "day" or "time", that a style gives a number, by the style's number."""
        part = self._part_of_kind("styles")
        if part is None:
            return []
        reader = _Styles()
        read_part(self.archive, part, start=reader.start, end=reader.end)
        return [kind_of_format(number, reader.codes.get(number)) for number in reader.formats]


class _Texts:
    """Gathers the shared texts. Pronunciation hints are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._taking = False
        self._spoken = False
        self._room = MOST_CHARACTERS

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "t":
            self._taking = not self._spoken
        elif name == "si":
            self._pieces = []
        elif name == "rPh":
            self._spoken = True

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            if len(self.texts) >= MOST_CELLS:
                raise UnreadableTable("too_much")
            self.texts.append(decoded("".join(self._pieces)))

    def text(self, piece: str) -> None:
        if self._taking:
            self._room -= len(piece)
            if self._room < 0:
                raise UnreadableTable("too_much")
            self._pieces.append(piece)


class _Styles:
    """Gathers the number formats, and the one each style of a cell has."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.formats.append(whole(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def whole(text: str | None) -> int:
    """Return the whole number in an attribute, 0 if there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - digits


def decoded(text: str) -> str:
    """Return a text as it is shown: Excel writes what XML has no sign for as "_x000D_"."""
    if "_x" in text:
        text = _CODED.sub(lambda code: chr(int(code[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return cleaned(text)
