"""Turns sanitised HTML into blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kommissorium.core.richtext.allowed_characters import safe_address
from kommissorium.core.richtext.blocks import (
    Block,
    BulletList,
    Flow,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
)
from kommissorium.core.richtext.html_tree import Element, Node, parse
from kommissorium.core.richtext.paragraphs import Stream, TextStyle
from kommissorium.core.richtext.table_grid import read_table

DEEPEST_LIST = 6
DEEPEST_HEADING = 3
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol"})
INLINE = frozenset({"strong", "b", "em", "i", "a"})


@dataclass(frozen=True, slots=True)
class HtmlPosition:
    """The place in the text: inside how many lists, and inside a quote, list or cell at all."""

    lists: int = 0
    nested: bool = False

    @property
    def inside(self) -> HtmlPosition:
        return replace(self, nested=True)


def read_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of cleaned HTML; text loses no word, only formatting we do not keep.

    Raises TableTooLarge and TooDeep.
    """
    stream = Stream()
    _visit_all(parse(html), stream, TextStyle(), HtmlPosition())
    return tuple(_levelled(stream.finish()))


def read_plain(text: str) -> tuple[Block, ...]:
    """Return the blocks of text without markup: an empty line ends a paragraph."""
    stream = Stream()
    for line in text.splitlines():
        stream.text(line, TextStyle())
        stream.line_break()
    return tuple(stream.finish())


def _levelled(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with headings whose levels skip none, whatever their original ranks."""
    above: list[int] = []
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        while above and above[-1] >= block.level:
            above.pop()
        above.append(block.level)
        yield Heading(block.runs, min(len(above), DEEPEST_HEADING))


def _visit_all(element: Element, stream: Stream, look: TextStyle, place: HtmlPosition) -> None:
    for node in element.children:
        _visit(node, stream, look, place)


def _visit(node: Node, stream: Stream, look: TextStyle, place: HtmlPosition) -> None:
    if isinstance(node, str):
        stream.text(node, look)
    elif node.tag == "br":
        stream.line_break()
    elif node.tag in INLINE:
        _visit_all(node, stream, _looked(node, look), place)
    elif node.tag in LISTS:
        _visit_list(node, stream, place)
    elif node.tag in HEADINGS:
        _visit_heading(node, stream, look, place)
    elif node.tag == "blockquote" and not place.nested:
        if quoted := _flow(node, place):
            stream.add(Quote(quoted))
    elif node.tag == "table" and not place.nested:
        _visit_table(node, stream, look, place)
    else:
        stream.end_paragraph()
        _visit_all(node, stream, look, place)
        stream.end_paragraph()


def _visit_table(element: Element, stream: Stream, look: TextStyle, place: HtmlPosition) -> None:
    """Add a table; its caption becomes a paragraph before it."""
    stream.end_paragraph()
    for caption in element.elements("caption"):
        _visit_all(caption, stream, look, place.inside)
    stream.end_paragraph()
    if table := read_table(element, lambda cell: _flow(cell, place)):
        stream.add(table)


def _looked(element: Element, look: TextStyle) -> TextStyle:
    if element.tag in {"strong", "b"}:
        return replace(look, strong=True)
    if element.tag in {"em", "i"}:
        return replace(look, em=True)
    return replace(look, href=safe_address(element.attributes.get("href", "")) or look.href)


def _visit_heading(element: Element, stream: Stream, look: TextStyle, place: HtmlPosition) -> None:
    """Add a heading; inside a list, quote or cell it is a strong paragraph instead."""
    stream.end_paragraph()
    if place.nested:
        _visit_all(element, stream, replace(look, strong=True), place)
        stream.end_paragraph()
        return
    inner = Stream()
    _visit_all(element, inner, look, place.inside)
    for block in inner.finish():
        if isinstance(block, Paragraph):
            stream.add(Heading(block.runs, int(element.tag[1])))
        else:
            stream.add(block)


def _flow(element: Element, place: HtmlPosition) -> tuple[Flow, ...]:
    inner = Stream()
    _visit_all(element, inner, TextStyle(), place.inside)
    return tuple(b for b in inner.finish() if isinstance(b, Paragraph | BulletList | NumberedList))


def _visit_list(element: Element, stream: Stream, place: HtmlPosition) -> None:
    if place.lists >= DEEPEST_LIST:
        stream.end_paragraph()
        _visit_all(element, stream, TextStyle(), place)
        stream.end_paragraph()
        return
    items = _items(element, HtmlPosition(place.lists + 1, nested=True))
    if items:
        kind = NumberedList if element.tag == "ol" else BulletList
        stream.add(kind(tuple(items)))


def _items(element: Element, place: HtmlPosition) -> list[ListItem]:
    """Return the items of a list. A list directly in a list belongs to the item before it."""
    items: list[ListItem] = []
    for node in element.children:
        if isinstance(node, str) and not node.strip():
            continue
        holder = Element("li", children=[node])
        stray_list = isinstance(node, Element) and node.tag in LISTS
        blocks = _flow(holder, place)
        if stray_list and items:
            items[-1] = ListItem(items[-1].blocks + blocks)
        elif blocks:
            items.append(ListItem(blocks))
    return items
