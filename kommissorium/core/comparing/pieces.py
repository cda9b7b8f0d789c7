"""The pieces of a text that are compared: headings, paragraphs, items, rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kommissorium.core.richtext import (
    Block,
    BulletList,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Run,
    Table,
    to_blocks,
)
from kommissorium.core.richtext.blocks import as_html, as_text

_SENTENCE: Final = re.compile(r"(?<=[.!?:;])\s+")
_HYPHEN: Final = re.compile(r"(?<=[a-zæøåé])-\n(?=[a-zæøåé])")
_MARKS: Final = {"#": "heading", "•": "item"}  # of lines, as a file's text is read


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, paragraph, item of a list or row of a table: its words, and its formatting.

    `kind` is heading, text, item, quote or row; `depth` that of a heading or an item, else 0.
    Two pieces are the same when their looks are the same too.
    """

    kind: str
    words: str
    depth: int = 0
    look: str = ""


def pieces_of_html(html: str) -> list[Piece]:
    """Return the pieces of a formatted text. Raises as `sanitise`."""
    return [piece for block in to_blocks(html) for piece in _pieces(block, "text", 0)]


def pieces_of_words(text: str) -> list[Piece]:
    """Return the sentences of a text that was read out of a file, however its lines run."""
    found = list[Piece]()
    for part in re.split(r"\n\s*\n|\f|\n(?=[#•|])|(?<=[|])\n", _HYPHEN.sub("", text)):
        line = " ".join(part.split())
        kind = _MARKS.get(line[:1], "text")
        words = line.lstrip("#• ") if kind != "text" else line
        if kind == "heading" and "\n" in part.strip():
            heading, _end, rest = part.strip().partition("\n")
            found.append(Piece("heading", " ".join(heading.lstrip("# ").split()), 1))
            kind, words = "text", " ".join(rest.split())
        sentences = _SENTENCE.split(words) if kind == "text" else [words]
        depth = 0 if kind == "text" else 1
        found += [Piece(kind, one, depth) for one in sentences if one]
    return found


def _pieces(block: Block, kind: str, depth: int) -> Iterator[Piece]:
    match block:
        case Heading(runs, level):
            yield Piece("heading", _words(runs), level, as_html([block]))
        case Paragraph(runs):
            yield Piece(kind, _words(runs), depth, as_html([block]))
        case BulletList(items) | NumberedList(items):
            for item in items:
                yield from _item(item, depth + 1, type(block).__name__)
        case Quote(inner):
            for one in inner:
                yield from _pieces(one, "quote", depth)
        case Table(_columns, head, body):
            for row in (*head, *body):
                words = " | ".join(as_text(cell.blocks).replace("\n", " ") for cell in row)
                look = "".join(as_html(cell.blocks) + str(_spans(cell)) for cell in row)
                yield Piece("row", words, 0, look)


def _item(item: ListItem, depth: int, kind: str) -> Iterator[Piece]:
    for block in item.blocks:
        for piece in _pieces(block, "item", depth):
            look = f"{kind} {piece.look}" if piece.depth == depth else piece.look
            yield Piece(piece.kind, piece.words, piece.depth, look)


def _spans(cell: object) -> tuple[object, ...]:
    return tuple(getattr(cell, name) for name in ("scope", "colspan", "rowspan", "look"))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
