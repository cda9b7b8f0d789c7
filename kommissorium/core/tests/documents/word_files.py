"""Word files to read, made of headings and paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import docx


def word_file(lines: Sequence[tuple[str, int]], title: str = "") -> bytes:
    """Return a Word file of lines, each with its level as a heading, 0 for a paragraph."""
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for text, level in lines:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def edited(
    data: bytes, change: Callable[[str], str], more: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return a Word file with its text part changed, and more parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = change(content.decode()).encode()
            new.writestr(name, content)
        for name, text in more:
            new.writestr(name, text)
    return made.getvalue()
