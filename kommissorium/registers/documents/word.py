"""A Word document of ours: its frame, its title, and formatted text under headings of Word."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import WordDocument, WordFrame
from kommissorium.core.richtext import Heading, to_blocks
from kommissorium.core.richtext.blocks import as_text

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def new_word(
    title: str, municipality: str, subtitle: str = "", *, made_at: datetime | None = None
) -> WordDocument:
    """Return a document that says its title, whose it is, and its pages; made now unless said."""
    pages = _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}
    footer, language = f"{municipality}, {title}", get_language() or "da"
    frame = WordFrame(title, municipality, language, made_at or timezone.localtime(), footer, pages)
    document = WordDocument(frame)
    document.title(title, subtitle)
    return document


def write_text(document: WordDocument, html: str) -> None:
    """Write a formatted text, its headings as headings of Word of their own level."""
    for block in to_blocks(html):
        if isinstance(block, Heading):
            document.heading(as_text([block]).replace("\n", " "), block.level)
        else:
            document.blocks([block])


def word_to_edit(title: str, html: str) -> bytes:
    """Return a text as Word to write in: its title, and what it says, nothing else."""
    document = new_word(title, Municipality.current().name)
    write_text(document, html)
    return document.to_bytes()
