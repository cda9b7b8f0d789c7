"""Word templates as municipalities have them, made for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.oxml.ns import qn

from kommissorium.core.documents.word_template.marks import DOCUMENT, TEMPLATE, TYPES
from kommissorium.core.documents.word_xml import element


def template(content: str = "{{indhold}}", *, is_dotx: bool = False, **parts: str) -> bytes:
    """Return a Danish template: styles by Danish keys, marks in pieces, a head and a foot.

    `content` is the line where the text comes; `parts` are XML parts to add or replace by name.
    """
    document = docx.Document()
    for name, key in (("Heading 1", "Overskrift1"), ("Normal", "Normal"), ("Title", "Titel")):
        document.styles[name].element.set(qn("w:styleId"), key)
    document.styles["Quote"].element.getparent().remove(document.styles["Quote"].element)
    head = document.sections[0].header.paragraphs[0]
    head.add_run("Strandby · {{kom").bold = True
    head.add_run("mune}} · {{Udvalg}}")
    document.sections[0].footer.paragraphs[0].add_run("{{ dato }} {{status}}")
    document.add_paragraph("Før: {{titel}}!", style="Heading 1")
    if content:
        document.add_paragraph(content)
    document.add_paragraph("Med venlig hilsen")
    return with_parts(saved(document), parts, is_dotx=is_dotx)


def control(tag: str, text: str = "Klik her") -> object:
    """Return a content control of its own line."""
    run = element("w:r", None, element("w:t"))
    run[0].text = text
    return element(
        "w:sdt",
        None,
        element("w:sdtPr", None, element("w:tag", {"w:val": tag}), element("w:showingPlcHdr")),
        element("w:sdtContent", None, element("w:p", None, run)),
    )


def template_with_controls() -> bytes:
    """Return a template whose marks are content controls."""
    document = docx.Document()
    for tag in ("Titel", "indhold", "noget andet"):
        document.element.body.insert(-1, control(tag))
    return saved(document)


def saved(document: Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str], *, is_dotx: bool = False) -> bytes:
    """Return the archive with some parts replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name in parts:
                continue
            content = old.read(name)
            if is_dotx and name == TYPES:
                content = content.replace(DOCUMENT.encode(), TEMPLATE.encode())
            new.writestr(name, content)
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()
