"""Text that opens a list, and the extent of the list under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kommissorium.committees.reader.blocks import Block
from kommissorium.committees.reader.cadence import Cadence
from kommissorium.committees.reader.headings import COMMITTEE

_LONGEST: Final = 600


class Lead:
    """A lead-in and the extent of the list under it."""

    def __init__(self, block: Block, kind: str, cadence: Cadence) -> None:
        self.block, self.kind, self.cadence = block, kind, cadence
        self.begun = False

    def ends_at(self, block: Block) -> bool:
        if block.role == "para":
            ended = self.begun
        else:
            same = block.style == self.block.style and block.indent <= self.block.indent
            ended = self.block.role == "item" and same
        self.begun = True
        return ended


def opens_list(block: Block, following: Sequence[Block]) -> bool:
    """Return whether a text opens a list: with a colon, or "The board" alone."""
    if len(block.text) >= _LONGEST:
        return False
    listed = following[0].role == "item" if following else False
    opens = block.role == "para" and listed and block.text[-1:].isalpha()
    return block.text.endswith(":") or (opens and COMMITTEE.search(block.text) is not None)
