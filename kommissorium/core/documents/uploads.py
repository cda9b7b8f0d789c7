"""What an uploaded Word file, PDF or Markdown text says, also one that comes back edited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.core.documents.text_of_files import Unreadable, text_of_file
from kommissorium.core.documents.word_reader import WordRefused, WordText, read_word
from kommissorium.core.richtext import (
    Heading,
    Paragraph,
    RichTextRefused,
    plain_text,
    sanitise,
    to_blocks,
)
from kommissorium.core.richtext import to_blocks as blocks_of
from kommissorium.core.richtext.blocks import as_html, as_text
from kommissorium.core.richtext.markdown import html_of_markdown
from kommissorium.core.richtext.sections import Section, gap_in_numbers, sections_of

KINDS: Final = (".docx", ".pdf", ".md")
LONGEST_TITLE: Final = 120
MOST_AT_ONCE: Final = 20  # files that are looked into together


class UploadRefused(ValueError):
    """The file cannot be taken; the message says why in the user's language."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The content read: formatted `text`, or for a PDF the words alone, with remarks on it."""

    title: str
    text: str = ""
    file_text: str = ""
    remarks: tuple[str | Promise, ...] = ()

    @property
    def headings(self) -> Sequence[Section]:
        return [one for one in sections_of(self.text) if one.level] if self.text else []

    @property
    def as_file(self) -> str:
        """Return the content as the text of a file."""
        return self.file_text or marked_words(f"<h3>{_escaped(self.title)}</h3>{self.text}")

    @property
    def words(self) -> int:
        return len((self.file_text or plain_text(self.text)).split())


def read_upload(data: bytes, name: str) -> Upload:
    """Return the content of a file, whose type is decided by its bytes. Raises UploadRefused."""
    try:
        if data.startswith(b"%PDF-"):
            return _pdf(data, name)
        if name.lower().endswith(".docx"):
            return _titled(*word_text(read_word(data)), name)
        if name.lower().endswith(".md"):
            return _titled(html_of_markdown(text_of_file(data, name)), (), name)
    except (WordRefused, RichTextRefused) as refused:
        raise UploadRefused(str(refused)) from None
    except Unreadable as refused:
        raise UploadRefused(str(refused.message)) from None
    raise UploadRefused(_("Choose Word files (.docx), PDF or Markdown (.md)."))


def marked_words(html: str) -> str:
    """Return a formatted text as the text of a file is read: headings and items marked."""
    lines = [
        f"# {as_text([block])}" if isinstance(block, Heading) else as_text([block])
        for block in blocks_of(html)
    ]
    return "\n\n".join(lines).replace("\n- ", "\n• ")


def word_text(found: WordText) -> tuple[str, tuple[str | Promise, ...]]:
    """Return the text of a Word file with its headings, and the remarks on it.

    Raises RichTextRefused.
    """
    html = sanitise(
        "".join(
            (f"<h{one.level}>{_escaped(one.heading)}</h{one.level}>" if one.level else "")
            + one.html
            for one in found.sections
        )
    )
    gap = gap_in_numbers(sections_of(html)) if html else None
    if gap is None:
        return html, found.remarks
    told = _("The numbers of the headings do not follow each other at “%(heading)s”.")
    return html, (*found.remarks, told % {"heading": gap.name})


def _titled(html: str, remarks: tuple[str | Promise, ...], name: str) -> Upload:
    """Return a text with its title: what stands alone at its beginning, else the file's name."""
    blocks = blocks_of(html) if html else ()
    if not any(as_text([block]).strip() for block in blocks):
        raise UploadRefused(_("There is no text in the file."))
    first, rest = blocks[0], blocks[1:]
    words = as_text([first]).strip()
    others = [block for block in rest if isinstance(block, Heading)]
    if isinstance(first, Heading):
        is_title = first.level == 1 and all(one.level > 1 for one in others)
    else:
        is_title = isinstance(first, Paragraph) and bool(others) and words[-1:] not in ".:;,"
    if is_title and rest and len(words) <= LONGEST_TITLE and "\n" not in words:
        return Upload(words, sanitise(as_html(rest)), remarks=remarks)
    return Upload(_stem(name), html, remarks=remarks)


def _pdf(data: bytes, name: str) -> Upload:
    text = text_of_file(data, name)
    line = next(one.strip() for one in text.splitlines() if one.strip())
    return Upload(line if 3 < len(line) <= LONGEST_TITLE else _stem(name), file_text=text)  # noqa: PLR2004


def _stem(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.rpartition(".")[0]).strip()[:LONGEST_TITLE] or name


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class EditedText:
    """The content of a Word file: title, text, and remarks on how it was read."""

    title: str
    text: str
    remarks: tuple[str | Promise, ...]


def read_edited(data: bytes) -> EditedText:
    """Return the content of an edited file. Raises WordRefused."""
    found = read_word(data)
    try:
        html, remarks = word_text(found)
    except RichTextRefused as refused:
        raise WordRefused(str(refused)) from None
    blocks, title = to_blocks(html), ""
    if found.title and blocks and isinstance(blocks[0], Paragraph):
        words = as_text(blocks[:1])
        if words == found.title:
            title, blocks = " ".join(words.split()), blocks[1:]
    if len(title) > TITLE:
        raise WordRefused(_("The text can be %(most)d characters long.") % {"most": TITLE})
    if not as_text(blocks).strip():
        raise WordRefused(_("There is no text in the file."))
    return EditedText(title, sanitise(as_html(blocks)), remarks)
