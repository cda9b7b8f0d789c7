"""The text of a Word file that comes back after editing: its title, and its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.core.documents.uploads import word_text
from kommissorium.core.documents.word_reader import WordRefused, read_word
from kommissorium.core.richtext import Paragraph, RichTextRefused, sanitise, to_blocks
from kommissorium.core.richtext.blocks_to_html import as_html, as_text

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
        raise WordRefused(_("The title can be %(most)d characters long.") % {"most": TITLE})
    if not as_text(blocks).strip():
        raise WordRefused(_("There is no text in the file."))
    return EditedText(title, sanitise(as_html(blocks)), remarks)
