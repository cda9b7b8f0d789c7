"""The first facts of a case presentation: its sentences and points, as far as a card has room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kommissorium.core.richtext import (
    Block,
    BulletList,
    NumberedList,
    Paragraph,
    one_line,
    to_blocks,
)

FACTS: Final = 3
LONGEST: Final = 240  # characters of one


def first_facts(html: str) -> tuple[list[str], bool]:
    """Return the first paragraphs and points in words, and whether they are all there is.

    What only leads to something else, like a table, is none: it ends with a colon.
    """
    blocks = to_blocks(html)
    lines = [line for block in blocks for line in _lines(block)]
    facts = [line for line in lines if not line.endswith(":")][:FACTS]
    told = [_shortened(line) for line in facts]
    is_text = all(isinstance(block, Paragraph | BulletList | NumberedList) for block in blocks)
    return told, is_text and told == lines


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs):
            if line := one_line("".join(run.text for run in runs)):
                yield line
        case BulletList(items) | NumberedList(items):
            for item in items:
                for inner in item.blocks:
                    yield from _lines(inner)
        case _:
            return


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"
