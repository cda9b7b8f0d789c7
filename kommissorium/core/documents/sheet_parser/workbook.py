"""Reads the index of a workbook: names of sheets, formats and shared texts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kommissorium.core.documents.sheet_parser.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    UnreadableTable,
)
from kommissorium.core.documents.sheet_parser.number_formats import kind_of_format
from kommissorium.core.documents.sheet_parser.rows import cleaned
from kommissorium.core.documents.sheet_parser.xml_stream import attribute, read_part

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
