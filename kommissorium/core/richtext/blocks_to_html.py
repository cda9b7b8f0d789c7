"""Writes blocks as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

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
    Row,
    Run,
    Table,
)


def as_html(blocks: Sequence[Block]) -> str:
    """Return HTML of our small set; nothing in it but what the blocks hold, all escaped."""
    return "".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    match block:
        case Paragraph(runs):
            return f"<p>{_runs(runs)}</p>"
        case Heading(runs, level):
            return f"<h{level + 2}>{_runs(runs)}</h{level + 2}>"
        case BulletList(items):
            return f"<ul>{''.join(_item(item) for item in items)}</ul>"
        case NumberedList(items):
            return f"<ol>{''.join(_item(item) for item in items)}</ol>"
        case Quote(inner):
            return f"<blockquote>{as_html(inner)}</blockquote>"
        case Table():
            return _table(block)


def _runs(runs: Sequence[Run]) -> str:
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
        return _runs(paragraphs[0].runs) + as_html(blocks[1:])
    return as_html(blocks)


def _table(table: Table) -> str:
    head = "".join(_row(row) for row in table.head)
    body = "".join(_row(row) for row in table.body)
    parts = (f"<thead>{head}</thead>" if head else "", f"<tbody>{body}</tbody>" if body else "")
    return f"<table>{''.join(parts)}</table>"


def _row(row: Row) -> str:
    return f"<tr>{''.join(_cell(cell) for cell in row)}</tr>"


def _cell(cell: Cell) -> str:
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
