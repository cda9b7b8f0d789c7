"""Worded sections that minutes are laid out from, the same for PDF and Word."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from kommissorium.core.richtext import Block, blocks_as_json

type GridKind = Literal[
    "decided", "people", "people_without_votes", "weighings", "tasks", "annexes"
]
# What a section of an item is to its reader: the page folds the parts that have a name.
type Part = Literal["", "case", "discussion", "weighing", "annexes", "registers"]
# The widths of the columns in millimetres, 160 in all.
WIDTHS: dict[GridKind, tuple[int, ...]] = {
    "decided": (20, 76, 40, 24),
    "people": (42, 64, 30, 24),
    "people_without_votes": (48, 76, 36),
    "weighings": (36, 36, 88),
    "tasks": (84, 40, 36),
    "annexes": (12, 106, 18, 24),
}
SECTIONS = ("before", "decided", "people", "after", "annex")  # of a whole document, in order


@dataclass(frozen=True, slots=True)
class WordedLine:
    """A paragraph: a strong beginning, the rest, on new lines `more`, and a code to compare."""

    text: str
    label: str = ""
    more: tuple[WordedLine, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts. What stands after a line break in a cell is less important."""

    kind: GridKind
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in the order of the fields."""

    heading: str
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    lines: tuple[WordedLine, ...] = ()
    grid: Grid | None = None
    level: int = 2
    is_list: bool = False
    is_decision: bool = False
    part: Part = ""

    @property
    def is_empty(self) -> bool:
        return not (self.lead or self.blocks or self.lines or self.grid)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda; `marks` are words beside its title, the first loud if closed."""

    number: str
    title: str
    is_closed: bool
    marks: tuple[str, ...]
    remarks: tuple[WordedLine, ...]
    sections: tuple[Section, ...]

    @property
    def full_title(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole document, worded. `sheet` and `words` are what kit.typ and protocol.typ ask for.

    `draft` stands on every page and `warning` on the first, both "" once approved.
    """

    sheet: dict[str, str]
    words: dict[str, str]
    municipality: str
    committee: str
    draft: str
    warning: str
    facts: tuple[Fact, ...] = ()
    before: tuple[Section, ...] = ()
    decided: tuple[Section, ...] = ()
    people: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    after: tuple[Section, ...] = ()
    annex: tuple[Section, ...] = ()
    has_contents: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data for protocol.typ."""
        named: dict[str, tuple[Section, ...]] = {name: getattr(self, name) for name in SECTIONS}
        empty: dict[str, Any] = dict.fromkeys((*SECTIONS, "items"), ())
        return {
            **asdict(replace(self, **empty)),
            **{name: [_section(one) for one in sections] for name, sections in named.items()},
            "items": [_item(item) for item in self.items],
        }


def _item(item: Item) -> dict[str, Any]:
    sections = [_section(section) for section in item.sections]
    return asdict(replace(item, sections=())) | {"sections": sections}


def _section(section: Section) -> dict[str, Any]:
    return asdict(replace(section, blocks=())) | {"blocks": blocks_as_json(section.blocks)}
