"""Forbidden parts of a Word template: macros, objects, and parts or fields that fetch or run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from docx.oxml.parser import parse_xml
from lxml import etree

from kommissorium.core.documents.word_xml import Node

MOST_MEMBERS: Final = 2_000
MOST_UNPACKED: Final = 60 * 1024 * 1024
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
