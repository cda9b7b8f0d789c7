"""A draft as Word to write in, and the text of the file that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import WordDocument, WordFrame
from kommissorium.core.documents.word_reader import WordRefused, read_word
from kommissorium.core.richtext import Heading, Paragraph, RichTextRefused, sanitise, to_blocks
from kommissorium.core.richtext.blocks_to_html import as_html, as_text
from kommissorium.policies.models import Version
from kommissorium.policies.uploads import word_text

TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class EditedText:
    """What a Word file says: title, text, and what is to be said of how it was read."""

    title: str
    text: str
    remarks: tuple[str | Promise, ...]


def word_to_edit(version: Version) -> bytes:
    """Return a version as a Word document: its title, and its text with headings, nothing else."""
    municipality = Municipality.current().name
    pages = _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}
    footer = f"{municipality}, {version.title}"
    frame = WordFrame(
        version.title, municipality, get_language() or "da", timezone.localtime(), footer, pages
    )
    document = WordDocument(frame)
    document.title(version.title)
    for block in to_blocks(version.text):
        if isinstance(block, Heading):
            document.heading(as_text([block]).replace("\n", " "), block.level)
        else:
            document.blocks([block])
    return document.to_bytes()


def read_edited(data: bytes) -> EditedText:
    """Return what an edited file says. Raises WordRefused."""
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
        raise WordRefused(_("The title can be %(most)d characters long.") % {"most": TITLE})
    if not as_text(blocks).strip():
        raise WordRefused(_("There is no text in the file."))
    return EditedText(title, sanitise(as_html(blocks)), remarks)
