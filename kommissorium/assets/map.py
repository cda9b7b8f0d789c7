"""An asset's relations to others: in words, and as a picture of two steps around it.

Whoever looks sees only relations to assets they may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import pgettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Relation, reads_whole_register

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# A relation as it is read from its second asset.
BACKWARDS: Final[Mapping[str, StrPromise]] = {
    Relation.Kind.STORED_IN: pgettext_lazy("relation", "holds"),
    Relation.Kind.FEEDS: pgettext_lazy("relation", "gets data from"),
    Relation.Kind.BACKED_UP_BY: pgettext_lazy("relation", "is the backup of"),
    Relation.Kind.RUNS_ON: pgettext_lazy("relation", "is what runs"),
}
BOX: Final = (150, 64)
GAP: Final = 90
PITCH: Final = 80  # from one box to the next below it
LETTERS: Final = 19  # of a line of a box
MOST_LINES: Final = 2
MOST_READ: Final = 200  # relations a picture is made of


@dataclass(frozen=True)
class Size:
    """Limits of what is shown: relations in words; boxes in a column, and steps in the picture."""

    related: int
    boxes: int
    steps: int


SMALL: Final = Size(20, 5, steps=1)
LARGE: Final = Size(50, 14, steps=2)


@dataclass(frozen=True)
class Related:
    """A relation as read from one asset: `words` stand between it and `other`."""

    relation: Relation
    words: StrPromise | str
    other: Asset


@dataclass(frozen=True)
class Near:
    """The relations of an asset, and those of its neighbours. `count` is of all its own."""

    related: list[Related]
    further: list[Relation]
    count: int


@dataclass(frozen=True)
class Box:
    """An asset in the picture; its name in lines that fit."""

    asset: Asset
    column: int
    x: float
    y: float
    lines: Sequence[str]
    is_centre: bool

    @property
    def middle(self) -> float:
        return self.y + BOX[1] / 2


@dataclass(frozen=True)
class Arrow:
    """The line of a relation, with its words where there is room for them."""

    path: str
    words: str
    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Picture:
    """The whole drawing, in units of a sheet. `left_out` assets had no room."""

    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    left_out: int


def relations_of(asset: Asset, person: Person) -> QuerySet[Relation]:
    """Return the relations of an asset to those `person` may read, with both ends."""
    about = Relation.objects.filter(Q(from_asset=asset) | Q(to_asset=asset))
    return _readable(about, person)


def related(asset: Asset, relations: Iterable[Relation]) -> list[Related]:
    """Return relations of an asset as read from it."""
    return [
        Related(one, one.get_kind_display(), one.to_asset)
        if one.from_asset_id == asset.pk
        else Related(one, BACKWARDS[one.kind], one.from_asset)
        for one in relations
    ]


def neighbours(asset: Asset, person: Person) -> Near:
    """Return the assets one and two steps away; one query, and another past two hundred."""
    out = Relation.objects.filter(from_asset=asset).order_by().values("to_asset")
    near = out.union(Relation.objects.filter(to_asset=asset).order_by().values("from_asset"))
    is_own = Q(from_asset=asset) | Q(to_asset=asset)
    about = Relation.objects.filter(Q(from_asset__in=near) | Q(to_asset__in=near))
    ordered = _readable(about, person).annotate(is_own=ExpressionWrapper(is_own, BooleanField()))
    rows: list[Relation] = list(ordered.order_by("-is_own", "pk")[:MOST_READ])
    own = [row for row in rows if asset.pk in {row.from_asset_id, row.to_asset_id}]
    count = len(own) if len(own) < MOST_READ else relations_of(asset, person).count()
    return Near(related(asset, own), rows[len(own) :], count)


def draw(asset: Asset, near: Near, size: Size) -> Picture:
    """Return the picture: what comes from others to the left, what goes to others to the right."""
    columns, left_out = _columns(asset, near, size)
    first = min(columns)
    tallest = max(len(rows) for rows in columns.values())
    boxes = {
        one.pk: Box(
            asset=one,
            column=column,
            x=2 + (column - first) * (BOX[0] + GAP),
            y=2 + row * PITCH + (tallest - len(rows)) * PITCH / 2,
            lines=_lines(one.name),
            is_centre=column == 0,
        )
        for column, rows in columns.items()
        for row, one in enumerate(rows)
    }
    count = max(columns) - first + 1
    relations = [*(one.relation for one in near.related), *near.further]
    return Picture(
        width=count * BOX[0] + (count - 1) * GAP + 4,
        height=tallest * PITCH - (PITCH - BOX[1]) + 4,
        boxes=list(boxes.values()),
        arrows=_arrows(boxes, relations),
        left_out=left_out + near.count - len(near.related),
    )


def _readable(relations: QuerySet[Relation], person: Person) -> QuerySet[Relation]:
    if not reads_whole_register(person):
        visible = Asset.objects.visible_to(person).values("pk")
        relations = relations.filter(from_asset__in=visible, to_asset__in=visible)
    ends = ("from_asset", "to_asset")
    shown = [f"{end}__{name}" for end in ends for name in ("kind", "name", "ended_on")]
    return relations.select_related(*ends).only("kind", *ends, *shown).order_by("pk")


def _columns(asset: Asset, near: Near, size: Size) -> tuple[dict[int, list[Asset]], int]:
    """Return the assets of each column, -2 to 2 around the centre, and how many are left out."""
    columns: dict[int, list[Asset]] = {0: [asset]}
    side = {asset.pk: 0}
    left_out: set[int] = set()

    def put(one: Asset, column: int) -> None:
        if one.pk in side:
            return
        if len(columns.get(column, ())) >= size.boxes:
            left_out.add(one.pk)
            return
        side[one.pk] = column
        columns.setdefault(column, []).append(one)

    for one in near.related:
        put(one.other, 1 if one.relation.from_asset_id == asset.pk else -1)
    first = {key: column for key, column in side.items() if column}
    for relation in near.further if size.steps > 1 else ():
        for here, there in _both_ways(relation):
            if here.pk in first:
                put(there, 2 * first[here.pk])
    return columns, len(left_out - side.keys())


def _both_ways(relation: Relation) -> list[tuple[Asset, Asset]]:
    ends = relation.from_asset, relation.to_asset
    return [ends, (ends[1], ends[0])]


def _lines(name: str) -> list[str]:
    most = LETTERS - 1
    words = [
        f"{word[:most]}- {word[most:]}" if len(word) > LETTERS else word for word in name.split()
    ]
    lines = wrap(" ".join(words), LETTERS, break_on_hyphens=False) or [""]
    if len(lines) > MOST_LINES:
        last = lines[MOST_LINES - 1][: LETTERS - 1].rstrip()
        lines = [*lines[: MOST_LINES - 1], f"{last}…"]
    return lines


def _arrows(boxes: Mapping[int, Box], relations: Iterable[Relation]) -> list[Arrow]:
    kinds: dict[tuple[int, int], list[str]] = {}
    for one in relations:
        pair = one.from_asset_id, one.to_asset_id
        if pair[0] in boxes and pair[1] in boxes:
            kinds.setdefault(pair, []).append(one.get_kind_display())
    return [
        _arrow(boxes[start], boxes[end], words, shift=9 if (end, start) in kinds else 0)
        for (start, end), words in kinds.items()
    ]


def _arrow(start: Box, end: Box, kinds: Sequence[str], *, shift: int) -> Arrow:
    words = ", ".join(kinds)
    title = f"{start.asset.name} {words} {end.asset.name}"
    y1, y2 = start.middle, end.middle
    if start.column == end.column:
        x = start.x + BOX[0]
        bow = x + GAP / 3
        path = f"M{x:g} {y1:g} C{bow:g} {y1:g} {bow:g} {y2:g} {x:g} {y2:g}"
        return Arrow(path, "", 0, 0, title)
    rightward = start.column < end.column
    shift = shift if rightward else -shift
    x1 = start.x + (BOX[0] if rightward else 0)
    x2 = end.x + (0 if rightward else BOX[0])
    y1, y2, half = y1 + shift, y2 + shift, (x1 + x2) / 2
    path = f"M{x1:g} {y1:g} C{half:g} {y1:g} {half:g} {y2:g} {x2:g} {y2:g}"
    # Words stand where lines from one box have parted: at the middle between the two.
    beside = abs(start.column - end.column) == 1
    return Arrow(path, words if beside else "", half, (y1 + y2) / 2, title)
