"""The marks of a Word template: found in its text, heads and feet, and filled with texts."""

# ruff: noqa: SLF001 - python-docx has its XML under private names alone

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from docx.document import Document
from docx.oxml.ns import qn

from kommissorium.core.documents.word_template.checks import Unfit
from kommissorium.core.documents.word_xml import Node, element

BRACED: Final = re.compile(r"\{\{\s*([^{}]{0,60}?)\s*\}\}")
CONTENT: Final = "content"
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Marks:
    """The marks of one template. `words` gives the name of a mark by its word."""

    def __init__(self, document: Document, words: Mapping[str, str]) -> None:
        self._words = words
        self._roots = [document.element.body, *_heads_and_feet(document)]
        self._controls = {one: name for one in self._all("w:sdt") if (name := self._tagged(one))}
        self._texts = [
            (paragraph, found.group(1))
            for paragraph in self._all("w:p")
            for found in BRACED.finditer(_text_of(paragraph))
        ]
        self._body = document.element.body

    @property
    def names(self) -> set[str]:
        """Return the names of the marks present."""
        written = {self._words[word.lower()] for _place, word in self._texts if self._knows(word)}
        return written | set(self._controls.values())

    @property
    def content(self) -> Node:
        """Return the paragraph or content control that the text replaces."""
        return self._contents()[0]

    def check(self) -> None:
        """Raise Unfit for unknown marks, and where the text has no place of its own."""
        unknown = sorted(
            {f"{{{{{word}}}}}" for _place, word in self._texts if not self._knows(word)}
        )
        if unknown:
            raise Unfit("unknown", unknown[:5])
        places = self._contents()
        if not places:
            raise Unfit("no_content")
        if len(places) > 1:
            raise Unfit("content_twice")
        if places[0].getparent() is not self._body or not self._is_alone(places[0]):
            raise Unfit("content_place")

    def fill(self, values: Mapping[str, str]) -> None:
        """Put the texts in place of the marks; one without a text is left empty."""
        for control, name in self._controls.items():
            if name != CONTENT:
                _fill_control(control, values.get(name, ""))
        for paragraph in dict.fromkeys(place for place, _word in self._texts):
            _fill_paragraph(paragraph, lambda word: values.get(self._words[word.lower()], ""))

    def _contents(self) -> list[Node]:
        written = [place for place, word in self._texts if self._words.get(word.lower()) == CONTENT]
        controls = (one for one, name in self._controls.items() if name == CONTENT)
        # A text box stands twice in the file: the second time for an older Word.
        return [one for one in (*written, *controls) if not any(one.iterancestors(FALLBACK))]

    def _is_alone(self, place: Node) -> bool:
        return place.tag == qn("w:sdt") or BRACED.sub("", _text_of(place)).strip() == ""

    def _knows(self, word: str) -> bool:
        return word.lower() in self._words

    def _tagged(self, control: Node) -> str:
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        return "" if tag is None else self._words.get(tag.get(qn("w:val"), "").strip().lower(), "")

    def _all(self, tag: str) -> Iterator[Node]:
        for root in self._roots:
            yield from root.iter(qn(tag))


def _heads_and_feet(document: Document) -> Iterator[Node]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part._element


def _pieces(paragraph: Node) -> list[Node]:
    """Return the texts of the paragraph itself, not those of a text box that is anchored in it."""
    return [
        one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is paragraph
    ]


def _text_of(paragraph: Node) -> str:
    return "".join(one.text or "" for one in _pieces(paragraph))


def _fill_paragraph(paragraph: Node, value_of: Callable[[str], str]) -> None:
    """Replace each mark by its text, in the font of the mark's beginning."""
    pieces = _pieces(paragraph)
    for found in reversed(list(BRACED.finditer(_text_of(paragraph)))):
        start, end, at = found.start(), found.end(), 0
        text = value_of(found.group(1))
        for piece in pieces:
            old = piece.text or ""
            first, last = max(start - at, 0), min(end - at, len(old))
            if first < last:
                piece.text = old[:first] + text + old[last:]
                piece.set(qn("xml:space"), "preserve")
                text = ""
            at += len(old)


def _fill_control(control: Node, text: str) -> None:
    """Make the text the whole content of the control, in the font of its first run."""
    properties = control.find(qn("w:sdtPr"))
    for unwanted in ("w:showingPlcHdr", "w:dataBinding"):
        for one in properties.findall(qn(unwanted)):
            properties.remove(one)
    inside = control.find(qn("w:sdtContent"))
    runs = list(inside.iter(qn("w:r")))
    for other in runs[1:]:
        other.getparent().remove(other)
    run = runs[0] if runs else element("w:r")
    for child in list(run):
        if child.tag != qn("w:rPr"):
            run.remove(child)
        else:
            for style in child.findall(qn("w:rStyle")):
                child.remove(style)
    if not runs:
        paragraph = next(inside.iter(qn("w:p")), None)
        (inside if paragraph is None else paragraph).append(run)
    written = element("w:t", {"xml:space": "preserve"})
    written.text = text
    run.append(written)
