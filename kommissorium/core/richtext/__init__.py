"""Rich text: sanitised HTML when it is saved, blocks for every document made from it."""

from __future__ import annotations

from kommissorium.core.richtext.allowed_characters import one_line, printable, shows
from kommissorium.core.richtext.blocks import (
    Block,
    BulletList,
    Cell,
    Flow,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Run,
    Table,
    blocks_as_json,
)
from kommissorium.core.richtext.sanitiser import (
    RichTextRefused,
    RichTextTooLong,
    in_a_line,
    is_empty,
    plain_text,
    sanitise,
    to_blocks,
)

__all__ = [
    "Block",
    "BulletList",
    "Cell",
    "Flow",
    "Heading",
    "ListItem",
    "NumberedList",
    "Paragraph",
    "Quote",
    "RichTextRefused",
    "RichTextTooLong",
    "Run",
    "Table",
    "blocks_as_json",
    "in_a_line",
    "is_empty",
    "one_line",
    "plain_text",
    "printable",
    "sanitise",
    "shows",
    "to_blocks",
]
