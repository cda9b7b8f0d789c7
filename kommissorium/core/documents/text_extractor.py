"""Extracts text from a PDF or office document; runs as a separate process.

`python text_extractor.py pdf|office` reads the document from standard input and writes JSON: {"text": …}
or {"code": …}, a key of MESSAGES in text_of_files. It imports nothing of this program and limits itself, so
that a hostile file ends this process and not the server.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

MEMORY_BYTES: Final = 768 * 1024 * 1024
CPU_SECONDS: Final = 10
LEAST_SECONDS, A_SECOND_MORE = 4, 100_000  # bytes: as process_limits.seconds_for
MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_TAGS: Final = 400_000  # as those of word_template.marks
MOST_CHARACTERS: Final = 200_000
MOST_PAGES: Final = 200
DEEPEST: Final = 200

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_T: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HEADING_STYLE: Final = re.compile(
    r"(?:heading|overskrift|rubrik|titel|title|titre|tittel|subtitle|undertitel)\s*\d?",
    re.IGNORECASE,
)


class Unreadable(Exception):
    """The document cannot be read; the argument is the code that says why."""


def limit(size: int) -> None:
    """Bound the memory and processor time of this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        seconds = min(CPU_SECONDS, LEAST_SECONDS + size // A_SECOND_MORE)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_text(data: bytes) -> str:
    """Return the text layer of a PDF, its pages separated by form feeds."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PdfReadError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        pages: list[str] = []
        for page in reader.pages[:MOST_PAGES]:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > MOST_CHARACTERS:
                raise Unreadable("too_long")
    except DependencyError as error:
        raise Unreadable("encrypted") from error
    except PdfReadError as error:
        raise Unreadable("damaged") from error
    text = "\f".join(pages)
    if not any(character.isalnum() for character in text):
        raise Unreadable("no_text_layer")
    return text


def office_text(data: bytes) -> str:
    """Return the text of a .docx or .odt file in the order of the document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return _docx_text(archive, names)
            if "content.xml" in names:
                return _odt_text(archive, names)
    except (zipfile.BadZipFile, ET.ParseError, NotImplementedError, EOFError) as error:
        raise Unreadable("damaged") from error
    except RuntimeError as error:
        raise Unreadable("encrypted") from error
    raise Unreadable("unknown_type")


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """Return the root of one XML part; a part that is too large or declares entities is refused."""
    with archive.open(name) as stream:
        content = stream.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Unreadable("zip_bomb")
    if content.count(b"<") > MOST_TAGS:
        raise Unreadable("too_long")
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", content.replace(b"\0", b""), re.IGNORECASE):
        raise Unreadable("damaged")
    return ET.fromstring(content)  # noqa: S314 - see above


def _docx_text(archive: zipfile.ZipFile, names: set[str]) -> str:
    styles = _heading_styles(archive) if "word/styles.xml" in names else set()
    root = _part(archive, "word/document.xml")
    body = root.find(f"{_W}body")
    lines = list(_docx_blocks(root if body is None else body, styles))
    if "word/footnotes.xml" in names:
        notes = _part(archive, "word/footnotes.xml")
        lines += [text for text in map(_docx_paragraph_text, notes.iter(f"{_W}p")) if text]
    return "\n".join(lines)


def _heading_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the ids of the styles that are headings by name or by outline level."""
    found = set()
    for style in _part(archive, "word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        label = "" if name is None else name.get(f"{_W}val", "")
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None or _HEADING_STYLE.fullmatch(label):
            found.add(style.get(f"{_W}styleId", ""))
    return found


def _docx_blocks(parent: ET.Element, styles: set[str], depth: int = 0) -> Iterator[str]:
    if depth > DEEPEST:
        raise Unreadable("damaged")
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _docx_paragraph(child, styles)
        elif child.tag == f"{_W}tbl":
            yield ""
            yield from _docx_rows(child)
            yield ""
        elif child.tag not in {f"{_W}del", f"{_W}sectPr", f"{_MC}Fallback"}:
            yield from _docx_blocks(child, styles, depth + 1)


def _docx_paragraph(paragraph: ET.Element, styles: set[str]) -> Iterator[str]:
    text = _docx_paragraph_text(paragraph)
    if not text.strip():
        yield ""
        return
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else style.get(f"{_W}val", "")
    if name in styles or _HEADING_STYLE.fullmatch(name):
        yield from ("", f"# {text.strip()}")
    elif paragraph.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith(
        ("List", "Opstilling")
    ):
        yield f"• {text.strip()}"
    else:
        yield from ("", text)


def _docx_paragraph_text(paragraph: ET.Element) -> str:
    """Return the text of a paragraph with tracked insertions and without tracked deletions."""
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return " ".join("".join(pieces).split(" "))


def _gather(element: ET.Element, pieces: list[str], depth: int = 0) -> None:
    if depth > DEEPEST:
        raise Unreadable("damaged")
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_W}tab":
            pieces.append(" ")
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            pieces.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif child.tag not in {f"{_W}del", f"{_W}pPr", f"{_W}moveFrom", f"{_MC}Fallback"}:
            _gather(child, pieces, depth + 1)


def _docx_rows(table: ET.Element) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = [
            " ".join(filter(None, (_flat(p) for p in cell.iter(f"{_W}p"))))
            for cell in row.iter(f"{_W}tc")
        ]
        yield _row(cells)


def _flat(paragraph: ET.Element) -> str:
    return " ".join(_docx_paragraph_text(paragraph).split())


def _row(cells: list[str]) -> str:
    """Return a table row as one line that also shows which cells are empty."""
    if len(cells) == 1:
        return cells[0]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _odt_text(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(MOST_UNPACKED):
                raise Unreadable("encrypted")
    body = _part(archive, "content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Unreadable("unknown_type")
    return "\n".join(_odt_blocks(body, in_list=False))


def _odt_blocks(parent: ET.Element, *, in_list: bool, depth: int = 0) -> Iterator[str]:
    if depth > DEEPEST:
        raise Unreadable("damaged")
    for child in parent:
        if child.tag == f"{_T}h":
            yield from ("", f"# {_odt_inline(child).strip()}")
        elif child.tag == f"{_T}p":
            text = _odt_inline(child).strip()
            yield from (f"• {text}",) if in_list and text else ("", text)
        elif child.tag == f"{_T}list":
            yield from _odt_blocks(child, in_list=True, depth=depth + 1)
        elif child.tag == f"{_TABLE}table":
            yield from ("", *map(_row, _odt_rows(child)), "")
        elif child.tag != f"{_T}tracked-changes":
            yield from _odt_blocks(child, in_list=in_list, depth=depth + 1)


def _odt_rows(table: ET.Element) -> Iterator[list[str]]:
    for row in table.iter(f"{_TABLE}table-row"):
        yield [
            " ".join(" ".join(_odt_inline(p).split()) for p in cell.iter(f"{_T}p"))
            for cell in row.findall(f"{_TABLE}table-cell")
        ]


def _odt_inline(element: ET.Element, depth: int = 0) -> str:
    if depth > DEEPEST:
        raise Unreadable("damaged")
    pieces = [element.text or ""]
    for child in element:
        if child.tag in {f"{_T}s", f"{_T}tab"}:
            pieces.append(" ")
        elif child.tag == f"{_T}line-break":
            pieces.append("\n")
        elif child.tag != f"{_OFFICE}annotation":
            pieces.append(_odt_inline(child, depth + 1))
        pieces.append(child.tail or "")
    return "".join(pieces)


def main() -> None:
    """Read one document from standard input and answer on standard output."""
    data = sys.stdin.buffer.read()
    limit(len(data))
    try:
        text = pdf_text(data) if sys.argv[1] == "pdf" else office_text(data)
        answer = {"text": text} if len(text) <= MOST_CHARACTERS else {"code": "too_long"}
    except Unreadable as refused:
        answer = {"code": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"code": "too_heavy"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
