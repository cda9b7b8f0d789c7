"""The blocks of a rich text: paragraphs, headings, lists, quotes and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

TONES = ("green", "lightgreen", "yellow", "orange", "red")
SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. A line break is the character "\n" in the text."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text, of level 1 to 3; its rank in a document is decided there."""

    runs: tuple[Run, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class ListItem:
    blocks: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `scope` is "col" or "row" for a heading cell, else "".

    `look` is a word of TONES, and with it the sides that have a thick line: "red top right".
    """

    blocks: tuple[Flow, ...]
    scope: str = ""
    colspan: int = 1
    rowspan: int = 1
    look: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells, spans counted, fill every place of its columns and rows exactly."""

    columns: int
    head: tuple[Row, ...]
    body: tuple[Row, ...]


Flow = Paragraph | BulletList | NumberedList
Block = Flow | Heading | Quote | Table


def blocks_as_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return the blocks as plain lists, dicts and texts, ready for JSON."""
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case Heading(runs, level):
            return {"kind": "heading", "level": level, "runs": _runs(runs)}
        case BulletList(items):
            return {"kind": "bullets", "items": [blocks_as_json(item.blocks) for item in items]}
        case NumberedList(items):
            return {"kind": "numbers", "items": [blocks_as_json(item.blocks) for item in items]}
        case Quote(inner):
            return {"kind": "quote", "blocks": blocks_as_json(inner)}
        case Table(columns, head, body):
            return {"kind": "table", "columns": columns, "head": _rows(head), "body": _rows(body)}


def _runs(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [
        {"text": run.text, "strong": run.strong, "em": run.em, "href": run.href} for run in runs
    ]


def _rows(rows: Sequence[Row]) -> list[list[dict[str, Any]]]:
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "blocks": blocks_as_json(cell.blocks),
        "scope": cell.scope,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "tone": cell.look.partition(" ")[0],
        "lines": cell.look.split()[1:],
    }
