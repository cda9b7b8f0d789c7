"""The marks of a Word template, found and filled with texts; and what one may not have."""
# ruff: noqa: SLF001 - python-docx has its XML under private names alone

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from kommissorium.core.documents.word_xml import Node, element

MOST_MEMBERS: Final = 2_000
MOST_UNPACKED: Final = 60 * 1024 * 1024
MOST_TAGS: Final = (
    400_000  # in one part: a text of 200,000 letters, each third word in a run of its own
)
TYPES: Final = "[Content_Types].xml"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT: Final = f"{WORD}.document.main+xml"
TEMPLATE: Final = f"{WORD}.template.main+xml"
# What a link to the outside may be: it is followed by a person alone. The template a document
# was made from is dropped.
HARMLESS: Final = ("hyperlink", "attachedTemplate")
FETCHING: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON|EMBED|"
    r"MERGEFIELD|RD)\b"
)
RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
WORDS: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Unfit(Exception):
    """The template cannot be used, for a reason by its code; `names` are what it is about."""

    def __init__(self, code: str, names: list[str] | None = None) -> None:
        super().__init__(code)
        self.code, self.names = code, names or []


def check_archive(data: bytes) -> None:
    """Check the type of the file. Raises Unfit if it is no Word document, too big, or runs code."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
            raise Unfit("heavy")
        names = [one.filename for one in members]
        if TYPES not in names:
            raise Unfit("kind")
        types = archive.read(TYPES).decode("utf-8", "replace")
        if any(one.lower().endswith("vbaproject.bin") for one in names) or "macroEnabled" in types:
            raise Unfit("macros")
        if DOCUMENT not in types and TEMPLATE not in types:
            raise Unfit("kind")
        if any(archive.read(name).count(b"<") > MOST_TAGS for name in names if _is_part(name)):
            raise Unfit("long")


def _is_part(name: str) -> bool:
    return name.lower().endswith(".xml")


def check(data: bytes) -> None:
    """Check the parts of a template too, all of which end up in documents. Raises Unfit."""
    check_archive(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if any(re.match(r"word/(embeddings|activeX)/", one) for one in names):
            raise Unfit("objects")
        for name in names:
            if name.lower().endswith(".rels"):
                _check_relations(parse_xml(archive.read(name)))
            elif _is_xml(content := archive.read(name)):  # Word goes by no part's name
                _check_fields(parse_xml(content))


def as_document(data: bytes) -> bytes:
    """Return a template (.dotx) as a document (.docx), and without the one it was made from."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == TYPES:
                content = content.replace(TEMPLATE.encode(), DOCUMENT.encode())
            if name == "word/_rels/settings.xml.rels":
                content = _without(content, RELATION, "attachedTemplate")
            if name == "word/settings.xml":
                content = _without(content, f"{WORDS}attachedTemplate")
            new.writestr(name, content)
    return made.getvalue()


def _is_xml(content: bytes) -> bool:
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff"))


def _check_relations(relations: Node) -> None:
    for one in relations.iter(RELATION):
        kind = one.get("Type", "").rpartition("/")[2]
        if one.get("TargetMode") == "External" and kind not in HARMLESS:
            raise Unfit("outside")
        if kind in {"oleObject", "aFChunk", "subDocument", "control", "mailMergeSource"}:
            raise Unfit("objects")


def _check_fields(part: Node) -> None:
    found = {match for code in _field_codes(part) for match in FETCHING.findall(code.upper())}
    if found:
        raise Unfit("fields", sorted(found))


def _field_codes(part: Node) -> Iterator[str]:
    """Yield the codes of fields, paragraph by paragraph: Word cuts the code of one into pieces."""
    for paragraph in part.iter(f"{WORDS}p"):
        yield "".join(one.text or "" for one in paragraph.iter(f"{WORDS}instrText"))
    for simple in part.iter(f"{WORDS}fldSimple"):
        yield simple.get(f"{WORDS}instr", "")


def _without(content: bytes, tag: str, kind: str = "") -> bytes:
    root: Node = parse_xml(content)
    for one in list(root.iter(tag)):
        if not kind or one.get("Type", "").endswith(f"/{kind}"):
            one.getparent().remove(one)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


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
