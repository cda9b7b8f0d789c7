"""What leads in a list, how far that reaches, and which sentences belong together."""

from __future__ import annotations

from kommissorium.committees.reader.blocks import BACK_REFERRING, Block
from kommissorium.committees.reader.cadence import Cadence
from kommissorium.committees.reader.sentences import split_sentences


class Lead:
    """A lead-in and how far the list under it reaches."""

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


def joined_sentences(text: str) -> list[str]:
    """Return the sentences of a text; one that refers back stays with the one before it."""
    joined: list[str] = []
    for sentence in split_sentences(text):
        if joined and BACK_REFERRING.match(sentence):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined
