"""Reads seats from tables, also those that were flattened into paragraphs."""

from __future__ import annotations

import re

from kommissorium.committees.reader.blocks import Block
from kommissorium.committees.reader.functions_in_prose import function_spans
from kommissorium.committees.reader.headings import is_table_head
from kommissorium.committees.reader.members import SeatAsRead, function_name, seat
from kommissorium.committees.reader.roles import leading_role, names_role, parse_seat, role_of
from kommissorium.committees.reader.text import Joiner


class Table:
    """Reads rows of cells; the head, when there is one, says what the columns hold."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.begun = False

    def take_head(self, cells: tuple[str, ...]) -> bool:
        """Return whether the cells are the head, and remember it."""
        named = [cell for cell in cells if is_table_head([cell, cell])]
        filled = any(role_of(cell) or function_spans(cell) for cell in cells)
        opens = not (self.head or self.begun) and len(named) > 1 and not filled
        self.begun = True
        if is_table_head(list(cells)) or opens:
            self.head = [cell.lower() for cell in cells]
            return True
        return False

    def seat(self, cells: tuple[str, ...]) -> SeatAsRead:
        text = ": ".join(cell for cell in cells if cell)
        cells = tuple(map(_without_label, cells))
        role_cell = self._column(
            cells, r"rol[le]|funktion i|position|plads|seat|medlem|member|ledamot"
        )
        function_cell = self._column(cells, r"fun[ck]|titel|title|tittel|stilling|post|befattning")
        name_cell = self._column(cells, r"nav?mn?e?|name")
        if not self.head:
            role_cell, function_cell = self._guess(cells)
        role, rest = parse_seat(role_cell)
        if role is None and function_cell:
            role, function_cell = parse_seat(function_cell)
        role = role or next(filter(None, map(role_of, cells)), None)
        others = [c for c in cells if c and c not in {role_cell, name_cell}]
        titles = [cell for cell in others if function_spans(cell)] if self.head else []
        rest = "" if others and role_of(rest) else rest
        function = function_cell or rest or next(iter(titles or others), "")
        return SeatAsRead(role or "member", function_name(function), text)

    def _column(self, cells: tuple[str, ...], pattern: str) -> str:
        for place, name in enumerate(self.head):
            if place < len(cells) and re.match(pattern, name):
                return cells[place]
        return ""

    def _guess(self, cells: tuple[str, ...]) -> tuple[str, str]:
        filled = [cell for cell in cells if cell]
        roles = [cell for cell in filled if role_of(cell)]
        if roles:
            rest = [cell for cell in filled if cell != roles[0]]
            titles = [cell for cell in rest if function_spans(cell)]
            return roles[0], (titles or rest or [""])[-1]
        return "", filled[0] if filled else ""


def _without_label(cell: str) -> str:
    """Return a cell without the head of its column, as in "Role: Chair"."""
    label, colon, rest = cell.partition(": ")
    return rest if colon and is_table_head([label, label]) else cell


class FlattenedTable:
    """Reads a table that was flattened into paragraphs: cells follow each other.

    `headed` tells that the head of a table stood before, so that a line may be a whole row.
    """

    def __init__(self, joiner: Joiner) -> None:
        self.joiner = joiner
        self.headed = False
        self.waiting: str | None = None
        self.seats: list[SeatAsRead] = []

    def take(self, block: Block) -> list[SeatAsRead]:
        """Return the seats that became complete with one more block."""
        for cell in self._split(block):
            self._take_cell(cell)
        return self._given()

    def close(self) -> list[SeatAsRead]:
        if self.waiting is not None:
            self.seats.append(seat(self.waiting))
            self.waiting = None
        return self._given()

    def _given(self) -> list[SeatAsRead]:
        given, self.seats = self.seats, []
        return given

    def _split(self, block: Block) -> list[str]:
        """Cut lines where two spaces separate a role from its function."""
        cells: list[list[str]] = [[]]
        for line in block.lines:
            pieces = [piece for piece in re.split(r"\s{2,}", line.raw.strip()) if piece]
            if len(pieces) > 1 and role_of(pieces[0]):
                cells[-1].append(pieces[0])
                cells.extend([piece] for piece in pieces[1:])
            else:
                cells[-1].append(line.text)
        return [text for text in map(self.joiner.join_all, cells) if text]

    def _take_cell(self, cell: str) -> None:
        row = leading_role(cell) if self.headed else None
        if row:
            self.seats += self._closed()
            self.seats.append(SeatAsRead(row[0], function_name(row[1]), cell))
        elif role_of(cell):
            self.seats += self._closed()
            self.waiting = cell
        elif self.waiting is not None and not names_role(cell):
            role = role_of(self.waiting) or "member"
            self.seats.append(SeatAsRead(role, function_name(cell), f"{self.waiting}: {cell}"))
            self.waiting = None
        else:
            self.seats += self._closed()
            self.seats.append(seat(cell))

    def _closed(self) -> list[SeatAsRead]:
        waiting, self.waiting = self.waiting, None
        return [] if waiting is None else [seat(waiting)]
