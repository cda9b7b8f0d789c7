"""Turns sanitised HTML into blocks, with its texts in tidy paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kommissorium.core.richtext.allowed_characters import printable, safe_address, shows
from kommissorium.core.richtext.blocks import (
    Block,
    BulletList,
    Flow,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Run,
)
from kommissorium.core.richtext.html_tree import Element, Node, parse, read_table

_SPACE = re.compile(r"[ \t\n\f]+")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of text at one place, and its link."""

    strong: bool = False
    em: bool = False
    href: str = ""

    def run(self, text: str) -> Run:
        return Run(text, self.strong, self.em, self.href)


@dataclass(slots=True)
class Stream:
    """Blocks in the making: text flows into a paragraph until something ends it."""

    blocks: list[Block] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)

    def text(self, text: str, look: TextStyle) -> None:
        self._runs.append(look.run(_SPACE.sub(" ", printable(text))))

    def line_break(self) -> None:
        self._runs.append(Run("\n"))

    def end_paragraph(self) -> None:
        self.blocks.extend(Paragraph(runs) for runs in paragraphs(self._runs))
        self._runs = []

    def add(self, block: Block) -> None:
        self.end_paragraph()
        self.blocks.append(block)

    def finish(self) -> list[Block]:
        self.end_paragraph()
        return self.blocks


def paragraphs(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """Return the runs as paragraphs: an empty line between two texts separates them."""
    lines: list[tuple[Run, ...]] = [_tidy(line) for line in _lines(runs)]
    found: list[list[Run]] = [[]]
    for line in lines:
        if not line:
            found.append([])
            continue
        if found[-1]:
            found[-1].append(Run("\n"))
        found[-1].extend(line)
    return [_merged(paragraph) for paragraph in found if paragraph]


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in rest)
    return lines


def _tidy(line: Iterable[Run]) -> tuple[Run, ...]:
    """Return the line without doubled spaces and spaces at its ends; () if nothing shows."""
    kept: list[Run] = []
    for run in line:
        after_space = not kept or kept[-1].text.endswith(" ")
        if text := run.text.lstrip(" ") if after_space else run.text:
            kept.append(replace(run, text=text))
    if kept:
        last = kept.pop()
        if text := last.text.rstrip(" "):
            kept.append(replace(last, text=text))
    return tuple(kept) if any(shows(run.text) for run in kept) else ()


def _merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one look joined, in composed form."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(replace(run, text=printable(run.text)) for run in joined)


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
