"""The blocks of a rich text, written as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
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


def as_html(blocks: Sequence[Block]) -> str:
    """Return HTML of our small set; nothing in it but what the blocks hold, all escaped."""
    return "".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return f"<p>{_runs_as_html(runs)}</p>"
        case Heading(runs, level):
            return f"<h{level + 2}>{_runs_as_html(runs)}</h{level + 2}>"
        case BulletList(items):
            return f"<ul>{''.join(_item(item) for item in items)}</ul>"
        case NumberedList(items):
            return f"<ol>{''.join(_item(item) for item in items)}</ol>"
        case Quote(inner):
            return f"<blockquote>{as_html(inner)}</blockquote>"
        case Table():
            return _table(block)


def _runs_as_html(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = "<br>".join(escape(line, quote=False) for line in run.text.split("\n"))
    if run.em:
        text = f"<em>{text}</em>"
    if run.strong:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(run.href)}" rel="noopener">{text}</a>' if run.href else text


def _item(item: ListItem) -> str:
    return f"<li>{_inner(item.blocks)}</li>"


def _inner(blocks: Sequence[Flow]) -> str:
    """Return the blocks of an item or cell; a lone paragraph in front needs no tag of its own."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if len(paragraphs) == 1 and blocks[0] is paragraphs[0]:
        return _runs_as_html(paragraphs[0].runs) + as_html(blocks[1:])
    return as_html(blocks)


def _table(table: Table) -> str:
    head = "".join(_row(row) for row in table.head)
    body = "".join(_row(row) for row in table.body)
    parts = (f"<thead>{head}</thead>" if head else "", f"<tbody>{body}</tbody>" if body else "")
    return f"<table>{''.join(parts)}</table>"


def _row(row: Row) -> str:
    return f"<tr>{''.join(_cell_as_html(cell) for cell in row)}</tr>"


def _cell_as_html(cell: Cell) -> str:
    tag = "th" if cell.scope else "td"
    spans = "".join(
        f' {name}="{value}"'
        for name, value in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if value > 1
    )
    scope = f' scope="{cell.scope}"' if cell.scope else ""
    look = f' data-look="{cell.look}"' if cell.look else ""
    return f"<{tag}{scope}{spans}{look}>{_inner(cell.blocks)}</{tag}>"


def as_text(blocks: Sequence[Block]) -> str:
    """Return the words alone, one line for each paragraph, item and row."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(runs) | Heading(runs):
            return "".join(run.text for run in runs).split("\n")
        case BulletList(items):
            return [line for item in items for line in _marked(item, "- ")]
        case NumberedList(items):
            return [
                line
                for number, item in enumerate(items, start=1)
                for line in _marked(item, f"{number}. ")
            ]
        case Quote(inner):
            return [line for child in inner for line in _lines(child)]
        case Table(_, head, body):
            return ["\t".join(_cell_text(cell) for cell in row) for row in (*head, *body)]


def _marked(item: ListItem, mark: str) -> list[str]:
    first, *rest = [line for block in item.blocks for line in _lines(block)]
    return [mark + first, *(" " * len(mark) + line for line in rest)]


def _cell_text(cell: Cell) -> str:
    return " ".join(line for block in cell.blocks for line in _lines(block))
