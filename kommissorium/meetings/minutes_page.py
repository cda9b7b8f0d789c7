"""Minutes laid out for the page: what was decided first, the rest of each item folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import override

from kommissorium.core.richtext import to_blocks
from kommissorium.core.richtext.blocks_to_html import as_html
from kommissorium.meetings.minutes import Protocol
from kommissorium.meetings.minutes.content import minutes_content
from kommissorium.meetings.minutes.decided import beside_decisions, decision_in_short, is_decided
from kommissorium.meetings.minutes.layout import Content, Grid, Item, Part, Section, WordedLine
from kommissorium.meetings.minutes.model import ProtocolItem
from kommissorium.meetings.models import AgendaItem, Comment, Outcome

TONES = {
    Outcome.APPROVED: "success",
    Outcome.WITH_CHANGES: "success",
    Outcome.REJECTED: "error",
    Outcome.DEFERRED: "warning",
}


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
    part: Part

    @property
    def is_folded(self) -> bool:
        """Return whether it stands behind a link in the card of its item."""
        return self.part in ("case", "discussion", "annexes", "registers")


@dataclass(frozen=True)
class ShownItem:
    """An item of the minutes; `key` and `number` are the agenda item's, 0 where withheld.

    `tone` is the colour of its outcome, `short` how the decision begins.
    """

    item: Item
    sections: Sequence[ShownSection]
    key: int
    number: int
    comments: Sequence[Comment]
    outcome: str
    short: str
    tone: str = ""
    is_decided: bool = False

    def _of(self, part: Part) -> list[ShownSection]:
        return [section for section in self.sections if section.part == part]

    @property
    def decision(self) -> ShownSection | None:
        return next((section for section in self.sections if section.is_decision), None)

    @property
    def open(self) -> list[ShownSection]:
        """Return what stands in the card below the decision."""
        return [one for one in self.sections if not (one.is_folded or one.is_decision)]

    @property
    def case(self) -> list[ShownSection]:
        return self._of("case")

    @property
    def discussion(self) -> list[ShownSection]:
        return self._of("discussion")

    @property
    def annexes(self) -> list[ShownSection]:
        return self._of("annexes")

    @property
    def registers(self) -> list[ShownSection]:
        return self._of("registers")


@dataclass(frozen=True)
class ShownMinutes:
    """All of the minutes as the page shows them."""

    content: Content
    beside: Sequence[str]  # what was taken note of, and the tasks
    before: Sequence[ShownSection]
    people: Sequence[ShownSection]
    items: Sequence[ShownItem]
    after: Sequence[ShownSection]
    comments: Sequence[Comment]  # on the whole

    @property
    def decided(self) -> list[ShownItem]:
        """Return the items that were decided on, for the list at the head."""
        return [item for item in self.items if item.is_decided]

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
        tones = defaultdict(lambda: "neutral", {str(o.label): tone for o, tone in TONES.items()})
        decided = [is_decided(told) for told in protocol.items]
        beside = beside_decisions(protocol)
    own = {item.label: item for item in items}
    said: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        said[comment.item_id].append(comment)
    return ShownMinutes(
        content=content,
        beside=beside,
        before=[_section(section) for section in content.before],
        people=[_section(section) for section in content.people],
        items=[
            replace(_item(item, told, own, said), tone=tones[told.outcome], is_decided=is_one)
            for item, told, is_one in zip(content.items, protocol.items, decided, strict=True)
        ],
        after=[_section(section) for section in content.after],
        comments=said[None],
    )


def _item(
    item: Item,
    told: ProtocolItem,
    items: Mapping[str, AgendaItem],
    said: Mapping[int | None, list[Comment]],
) -> ShownItem:
    own = items.get(item.number)
    return ShownItem(
        item=item,
        sections=[_shown(section, told) for section in item.sections],
        key=own.pk if own else 0,
        number=(own.number or 0) if own else 0,
        comments=said[own.pk] if own else [],
        outcome=told.outcome,
        short=decision_in_short(told),
    )


def _shown(section: Section, told: ProtocolItem) -> ShownSection:
    """Return a section; what stands in the annex of a document stands in the card itself."""
    if section.part == "registers":
        blocks = tuple(to_blocks(told.register_html))
        section = replace(section, blocks=blocks, lines=())
    return _section(section)


def _section(section: Section) -> ShownSection:
    return ShownSection(
        heading=section.heading,
        lead=section.lead,
        html=as_html(section.blocks),
        lines=section.lines,
        grid=_grid(section.grid) if section.grid else None,
        is_list=section.is_list,
        is_decision=section.is_decision,
        part=section.part,
    )


def _grid(grid: Grid) -> ShownGrid:
    rows = [list(zip(grid.head, row, strict=True)) for row in grid.rows]
    return ShownGrid(grid.kind, grid.head, rows)
