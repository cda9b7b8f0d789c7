"""Helpers for Word's XML where python-docx has none, and real lists that Word numbers itself."""
# ruff: noqa: SLF001 - python-docx has its XML under private names alone

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn as qualified
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

# An element as lxml has it: its types say None where a document always has something.
type Node = Any
qn = cache(qualified)  # asked for of every element there is


def element(
    name: str, attributes: Mapping[str, str] | None = None, *children: BaseOxmlElement
) -> BaseOxmlElement:
    """Return an element such as "w:numPr"; names with a prefix, attributes too."""
    made = cast("BaseOxmlElement", OxmlElement(name))
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    made.extend(children)
    return made


def value(name: str, given: str) -> BaseOxmlElement:
    """Return an element whose whole content is its w:val."""
    return element(name, {"w:val": given})


def field(instruction: str, shown: str) -> list[BaseOxmlElement]:
    """Return the runs of a field, such as PAGE; `shown` stays until Word has worked it out."""
    text = element("w:t")
    text.text = shown
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return [
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "begin"})),
        element("w:r", None, code),
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "separate"})),
        element("w:r", None, text),
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "end"})),
    ]


LEVELS = 9
STEP = 360  # Indent of a level, in twentieths of a point.
BULLETS = "•–·"
BULLET_KIND = 900
NUMBER_KIND = 901


class Lists:
    """The lists of one document."""

    def __init__(self, document: Document) -> None:
        self._numbering: BaseOxmlElement = document.part.numbering_part.element
        for old in list(self._numbering):
            self._numbering.remove(old)
        for kind in (BULLET_KIND, NUMBER_KIND):
            self._numbering.append(_kind(kind))
        self._last = 0

    def start(self, *, numbered: bool) -> int:
        """Return the number of a new list, which counts from one."""
        self._last += 1
        kind = NUMBER_KIND if numbered else BULLET_KIND
        overrides = [
            element("w:lvlOverride", {"w:ilvl": str(level)}, value("w:startOverride", "1"))
            for level in range(LEVELS if numbered else 0)
        ]
        self._numbering.append(
            element(
                "w:num",
                {"w:numId": str(self._last)},
                value("w:abstractNumId", str(kind)),
                *overrides,
            )
        )
        return self._last


def mark(paragraph: Paragraph, list_number: int, level: int) -> None:
    """Make the paragraph an item of the list, on a level counted from 0."""
    properties = paragraph._p.get_or_add_pPr()
    place = value("w:ilvl", str(min(level, LEVELS - 1)))
    number = element("w:numPr", None, place, value("w:numId", str(list_number)))
    properties.insert(0 if properties.find(qn("w:pStyle")) is None else 1, number)


def indent(level: int) -> int:
    """Return the position where an item's text on this level begins, in twentieths of a point."""
    return STEP * (level + 1)


def _kind(kind: int) -> BaseOxmlElement:
    levels = [_level(level, numbered=kind == NUMBER_KIND) for level in range(LEVELS)]
    return element(
        "w:abstractNum",
        {"w:abstractNumId": str(kind)},
        value("w:multiLevelType", "multilevel"),
        *levels,
    )


def _level(level: int, *, numbered: bool) -> BaseOxmlElement:
    text = f"%{level + 1}." if numbered else BULLETS[min(level, len(BULLETS) - 1)]
    place = {"w:left": str(indent(level)), "w:hanging": str(STEP)}
    return element(
        "w:lvl",
        {"w:ilvl": str(level)},
        value("w:start", "1"),
        value("w:numFmt", "decimal" if numbered else "bullet"),
        value("w:lvlText", text),
        value("w:lvlJc", "left"),
        element("w:pPr", None, element("w:ind", place)),
    )
