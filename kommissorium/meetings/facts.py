"""Facts of an agenda item: tables of rows with sources, stored as plain data.

A composer makes them (secretariat); the call keeps them with the item; the meeting sees what
has changed since. An item's field `facts` holds them as `to_json` gives them, {} for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, Literal

from django.utils.dateparse import parse_datetime

from kommissorium.core.richtext import sanitise

if TYPE_CHECKING:
    from kommissorium.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: `key` names its source ("tasks.task:12"), `cells` say it in words.

    `link` is the address where it can be looked up, `urgent` whether it needs the eye. `looks`
    are the colours of a matrix' cells and their thick lines, beside the cells (richtext.Cell).
    """

    key: str
    cells: tuple[str, ...]
    link: str = ""
    urgent: bool = False
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactTable:
    """Rows under a heading; `lead` is a sentence that sums them up.

    `hint` is for whoever prepares or holds the meeting. It stands on pages, in no document.
    """

    key: str
    heading: str
    lead: str
    columns: tuple[str, ...] = ()
    rows: tuple[FactRow, ...] = ()
    hint: str = ""

    @property
    def labelled(self) -> list[tuple[FactRow, list[tuple[str, str, str]]]]:
        """Return each row with its cells, every cell between the name of its column and its look."""
        return [
            (row, list(zip_longest(self.columns, row.cells, row.looks, fillvalue="")))
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the registers say of one item, and when they were asked (UTC)."""

    made_at: datetime
    tables: tuple[FactTable, ...] = ()

    @property
    def row_keys(self) -> set[str]:
        return {row.key for table in self.tables for row in table.rows}


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that came, went or changed since the call."""

    kind: Literal["new", "gone", "changed"]
    heading: str
    cells: tuple[str, ...]
    before: tuple[str, ...] = ()
    link: str = ""


# Who composes what the registers say of an item now: the room that knows them puts itself here.
COMPOSERS: Final[list[Callable[[AgendaItem, Meeting], Facts | None]]] = []


def to_json(facts: Facts) -> dict[str, Any]:
    """Return the facts as lists, dicts, texts and booleans."""
    return {"made_at": facts.made_at.isoformat(), "tables": [asdict(t) for t in facts.tables]}


def from_json(data: Mapping[str, Any]) -> Facts | None:
    """Return the facts that `to_json` gave; None where there are none."""
    made_at = parse_datetime(str(data.get("made_at", "")))
    if made_at is None:
        return None
    return Facts(made_at, tuple(_table(table) for table in data.get("tables", [])))


def changes(then: Facts, now: Facts) -> list[FactChange]:
    """Return what has come, gone or changed between two askings, by the tables' order."""
    found = []
    earlier = {table.key: table for table in then.tables}
    for table in now.tables:
        found += _table_changes(earlier.get(table.key), table)
    current = {table.key for table in now.tables}
    for table in then.tables:
        if table.key not in current:
            found += [FactChange("gone", table.heading, row.cells) for row in table.rows]
    return found


def facts_html(data: Mapping[str, Any]) -> str:
    """Return the facts as rich text, without hints, for packs, minutes and pages; "" for none."""
    facts = from_json(data)
    if facts is None:
        return ""
    return sanitise("".join(_table_html(table) for table in facts.tables))


def _table_changes(then: FactTable | None, now: FactTable) -> list[FactChange]:
    old = {row.key: row for row in then.rows} if then else {}
    found = []
    for row in now.rows:
        before = old.pop(row.key, None)
        if before is None:
            found.append(FactChange("new", now.heading, row.cells, link=row.link))
        elif before.cells != row.cells:
            found.append(
                FactChange("changed", now.heading, row.cells, before=before.cells, link=row.link)
            )
    return found + [FactChange("gone", now.heading, row.cells) for row in old.values()]


def _table(data: Mapping[str, Any]) -> FactTable:
    rows = tuple(_row(row) for row in data["rows"])
    told = (data["key"], data["heading"], data["lead"], tuple(data["columns"]))
    return FactTable(*told, rows, data.get("hint", ""))


def _row(data: Mapping[str, Any]) -> FactRow:
    return FactRow(
        data["key"],
        tuple(data["cells"]),
        data.get("link", ""),
        data.get("urgent", False),
        tuple(data.get("looks", ())),
    )


def _table_html(table: FactTable) -> str:
    lead = f"<p>{escape(table.lead)}</p>" if table.lead else ""
    heading = f"<h3>{escape(table.heading)}</h3>" if table.heading else ""
    if not table.rows:
        return heading + lead
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    head = f"<tr>{heads}</tr>" if heads else ""
    body = "".join(_row_html(row) for row in table.rows)
    return f"{heading}{lead}<table>{head}{body}</table>"


def _row_html(row: FactRow) -> str:
    cells = zip_longest(row.cells, row.looks, fillvalue="")
    shown = (f'<td data-look="{escape(look)}">{escape(cell)}</td>' for cell, look in cells)
    return f"<tr>{''.join(shown)}</tr>"
