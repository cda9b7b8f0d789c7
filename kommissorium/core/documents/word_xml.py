"""Helpers for Word's XML where python-docx has no function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

# An element as lxml has it: its types say None where a document always has something.
type Node = Any


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
