"""Minutes laid out for the page: the same sections as in PDF and Word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from kommissorium.core.richtext.blocks_to_html import as_html
from kommissorium.meetings.minutes import Protocol
from kommissorium.meetings.minutes.content import minutes_content
from kommissorium.meetings.minutes.layout import Content, Grid, Item, Section, WordedLine
from kommissorium.meetings.models import AgendaItem, Comment


@dataclass(frozen=True)
class ShownGrid:
    """A table; each cell stands with the heading of its column."""

    kind: str
    head: Sequence[str]
    labelled_rows: Sequence[Sequence[tuple[str, str]]]

    @property
    def css_class(self) -> str:
        return f"minutes-{self.kind}"


@dataclass(frozen=True)
class ShownSection:
    """A heading and what stands under it; `html` is of our own small set."""

    heading: str
    lead: str
    html: str
    lines: Sequence[WordedLine]
    grid: ShownGrid | None
    is_list: bool
    is_decision: bool


@dataclass(frozen=True)
class ShownItem:
    """An item of the minutes; `key` and `number` are the agenda item's, 0 where withheld."""

    item: Item
    sections: Sequence[ShownSection]
    key: int
    number: int
    comments: Sequence[Comment]


@dataclass(frozen=True)
class ShownMinutes:
    """All of the minutes as the page shows them."""

    content: Content
    before: Sequence[ShownSection]
    people: Sequence[ShownSection]
    items: Sequence[ShownItem]
    after: Sequence[ShownSection]
    comments: Sequence[Comment]  # on the whole

    @property
    def unsettled(self) -> int:
        every = [*self.comments, *(one for item in self.items for one in item.comments)]
        return sum(not comment.is_settled for comment in every)


def lay_out(
    protocol: Protocol, items: Iterable[AgendaItem], comments: Iterable[Comment]
) -> ShownMinutes:
    """Return the minutes in the language they are written in.

    `items` are those of the agenda the reader may see; beside them stand the comments.
    """
    with override(protocol.language):
        content = minutes_content(protocol)
    own = {item.label: item for item in items}
    said: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        said[comment.item_id].append(comment)
    return ShownMinutes(
        content=content,
        before=[_section(section) for section in content.before],
        people=[_section(section) for section in content.people],
        items=[_item(item, own, said) for item in content.items],
        after=[_section(section) for section in content.after],
        comments=said[None],
    )


def _item(
    item: Item, items: Mapping[str, AgendaItem], said: Mapping[int | None, list[Comment]]
) -> ShownItem:
    own = items.get(item.number)
    return ShownItem(
        item=item,
        sections=[_section(section) for section in item.sections],
        key=own.pk if own else 0,
        number=(own.number or 0) if own else 0,
        comments=said[own.pk] if own else [],
    )


def _section(section: Section) -> ShownSection:
    return ShownSection(
        heading=section.heading,
        lead=section.lead,
        html=as_html(section.blocks),
        lines=section.lines,
        grid=_grid(section.grid) if section.grid else None,
        is_list=section.is_list,
        is_decision=section.is_decision,
    )


def _grid(grid: Grid) -> ShownGrid:
    rows = [list(zip(grid.head, row, strict=True)) for row in grid.rows]
    return ShownGrid(grid.kind, grid.head, rows)
