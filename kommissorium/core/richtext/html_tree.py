"""Parses sanitised HTML into a plain tree, and lays out the cells of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from kommissorium.core.richtext.blocks import SIDES, TONES, Cell, Flow, Row, Table

VOID = frozenset({"br", "hr"})
DEEPEST = 100
MOST_DIGITS = 5


class TooDeep(ValueError):
    """The markup nests deeper than any person would write it."""


@dataclass(slots=True)
class Element:
    """An element of cleaned HTML; `children` are elements and texts in order."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[Element]:
        """Yield the children that are elements of one of these tags."""
        for child in self.children:
            if isinstance(child, Element) and child.tag in tags:
                yield child

    def number(self, attribute: str) -> int:
        """Return the attribute as a whole number of at least 1; 1 if it is anything else."""
        value = self.attributes.get(attribute, "")
        is_number = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
        return max(1, int(value)) if is_number else 1


Node = Element | str


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)
        if len(self._open) > DEEPEST:
            raise TooDeep

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Element:
    """Return the root of well-formed HTML as the cleaner writes it.

    Raises TooDeep above 100 elements inside each other.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


MOST_COLUMNS = 30
MOST_PLACES = 6000

ReadCell = Callable[[Element], tuple[Flow, ...]]


class TableTooLarge(ValueError):
    """The table has more places than a page of text can sensibly hold."""


def read_table(table: Element, read_cell: ReadCell) -> Table | None:
    """Return the table, its holes filled and its spans cut to size; None if it is empty.

    Raises TableTooLarge above 30 columns or 6,000 places.
    """
    head, body = _rows(table)
    sections = [_Section(rows, read_cell) for rows in (head, body)]
    columns = max(section.columns for section in sections)
    if not any(section.has_text for section in sections):
        return None
    if columns * (len(head) + len(body)) > MOST_PLACES:
        raise TableTooLarge
    return Table(columns, sections[0].as_head(columns), sections[1].as_body(columns))


def _rows(table: Element) -> tuple[list[Element], list[Element]]:
    """Return the heading rows and the others. Rows of headings alone, at the top, are headings."""
    head = [row for part in table.elements("thead") for row in part.elements("tr")]
    body = [
        row
        for part in [*table.elements("tbody"), *table.elements("tfoot")]
        for row in part.elements("tr")
    ]
    body += table.elements("tr")
    if not head and len(body) > 1 and _is_heading(body[0]):
        head, body = body[:1], body[1:]
    return head, body


def _is_heading(row: Element) -> bool:
    cells = list(row.elements("th", "td"))
    return (
        bool(cells)
        and all(cell.tag == "th" for cell in cells)
        and all(cell.number("rowspan") == 1 for cell in cells)
    )


@dataclass(slots=True)
class _Section:
    """The heading rows, or the other rows, of one table. A span never leaves its section."""

    elements: Sequence[Element]
    read_cell: ReadCell
    has_text: bool = False
    _rows: list[dict[int, Cell]] = field(default_factory=list)
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _covered: int = 0

    def __post_init__(self) -> None:
        for element in self.elements:
            cells = list(element.elements("th", "td"))
            if cells or self._covered > len(self._rows):
                self._place_row(cells)

    @property
    def columns(self) -> int:
        return max((x + 1 for x, _y in self._taken), default=0)

    def _place_row(self, cells: Sequence[Element]) -> None:
        y = len(self._rows)
        self._rows.append({})
        x = 0
        for element in cells:
            while (x, y) in self._taken:
                x += 1
            self._place(element, x, y)

    def _place(self, element: Element, x: int, y: int) -> None:
        width = 1
        while width < element.number("colspan") and (x + width, y) not in self._taken:
            width += 1
            if x + width > MOST_COLUMNS:
                raise TableTooLarge
        height = min(element.number("rowspan"), len(self.elements) - y)
        if x >= MOST_COLUMNS or len(self._taken) + width * height > MOST_PLACES:
            raise TableTooLarge
        blocks = self.read_cell(element)
        self.has_text = self.has_text or bool(blocks)
        self._rows[y][x] = Cell(blocks, _scope(element), width, height, _look(element))
        self._taken.update((x + i, y + j) for i in range(width) for j in range(height))
        self._covered = max(self._covered, y + height)

    def as_head(self, columns: int) -> tuple[Row, ...]:
        """Return the rows with every cell a heading, of its column unless it says otherwise."""
        return tuple(
            tuple(replace(cell, scope=cell.scope.strip() or "col") for cell in row)
            for row in self._filled(columns)
        )

    def as_body(self, columns: int) -> tuple[Row, ...]:
        """Return the rows; a heading that does not say what it heads, heads its row."""
        return tuple(
            tuple(replace(cell, scope=cell.scope.strip() or (cell.scope and "row")) for cell in row)
            for row in self._filled(columns)
        )

    def _filled(self, columns: int) -> list[list[Cell]]:
        height = len(self._rows)
        rows = []
        for y, row in enumerate(self._rows):
            holes = {x: Cell(()) for x in range(columns) if (x, y) not in self._taken}
            cells = [cell for _x, cell in sorted((row | holes).items(), key=lambda pair: pair[0])]
            rows.append([replace(cell, rowspan=min(cell.rowspan, height - y)) for cell in cells])
        return rows


def _scope(cell: Element) -> str:
    """Return "col" or "row", " " for a heading that does not say, "" for any other cell."""
    if cell.tag == "td":
        return ""
    said = cell.attributes.get("scope", "").lower().removesuffix("group")
    return said if said in {"col", "row"} else " "


def _look(cell: Element) -> str:
    """Return a colour of ours with the sides that have a thick line; "" for anything else."""
    tone, *sides = cell.attributes.get("data-look", "").split() or [""]
    if cell.tag != "td" or tone not in TONES:
        return ""
    return " ".join([tone, *(side for side in SIDES if side in sides)])
