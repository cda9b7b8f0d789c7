"""Minutes laid out for the page: what was decided first, the rest of each item folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kommissorium.core.richtext import plain_text, to_blocks
from kommissorium.core.richtext.blocks import as_html
from kommissorium.meetings.minutes import Protocol
from kommissorium.meetings.minutes.content import minutes_content
from kommissorium.meetings.minutes.in_short import (
    beside_decisions,
    decision_in_short,
    is_decided,
    tasks_in_short,
)
from kommissorium.meetings.minutes.layout import Content, Grid, Item, Part, Section, WordedLine
from kommissorium.meetings.minutes.model import ProtocolItem
from kommissorium.meetings.models import AgendaItem, Comment, Outcome

UNCUT = 100  # characters of a decision that stand whole in its card
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


@dataclass(frozen=True)
class ShownItem:
    """An item of the minutes; `key` and `number` are the agenda item's, 0 where withheld.

    `tone` is the colour of its outcome, `short` how the decision begins, `tasks` who has what to
    do, and `inside` names what is folded.
    """

    item: Item
    sections: Sequence[ShownSection]
    key: int
    number: int
    comments: Sequence[Comment]
    outcome: str
    short: str
    is_cut: bool
    tasks: str = ""
    inside: str = ""
    tone: str = ""
    is_decided: bool = False

    @property
    def decision(self) -> ShownSection | None:
        return next((section for section in self.sections if section.is_decision), None)

    @property
    def has_card(self) -> bool:
        """Return whether it says more than a line: what was only taken note of does not."""
        return self.is_decided or bool(self.short and not self.outcome)

    @property
    def folded(self) -> list[ShownSection]:
        """Return what is folded: all but a decision that stands whole in the card."""
        is_whole = self.has_card and not self.is_cut
        return [one for one in self.sections if not (is_whole and one.is_decision)]


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
        tasks = [tasks_in_short(told) for told in protocol.items]
        inside = [_inside(item) for item in content.items]
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
            replace(
                _item(item, told, own, said),
                tone=tones[told.outcome],
                is_decided=is_one,
                tasks=who,
                inside=names,
            )
            for item, told, is_one, who, names in zip(
                content.items, protocol.items, decided, tasks, inside, strict=True
            )
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
        is_cut=len(to_blocks(told.decision_html)) > 1
        or len(plain_text(told.decision_html)) > UNCUT,
    )


def _inside(item: Item) -> str:
    """Name what is folded under an item, in the order it stands."""
    names = [_named(section) for section in item.sections if not section.is_decision]
    return ", ".join([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])])


def _named(section: Section) -> str:
    number = len(section.grid.rows) if section.grid else 0
    if section.part == "annexes":
        return ngettext("%(number)s annex", "%(number)s annexes", number) % {"number": number}
    if section.grid and section.grid.kind == "tasks":
        return ngettext("%(number)s task", "%(number)s tasks", number) % {"number": number}
    return _("The registers at the call") if section.part == "registers" else section.heading


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
