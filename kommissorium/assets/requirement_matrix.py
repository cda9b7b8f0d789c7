"""The matrix of documents demanded: its cells, their meaning, and the effect of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from kommissorium.assets.models import (
    Asset,
    AssetDocument,
    Criticality,
    Demand,
    DocumentType,
    Kind,
)
from kommissorium.assets.models.documents import ASKS_NOTHING
from kommissorium.core.evidence.models import Event

CHANGED = "assets.demands_changed"
# The columns of each kind of asset: all of them first, then those that are more critical.
COLUMNS = ("", Criticality.NOT_CRITICAL, Criticality.BUSINESS, Criticality.SOCIETY)
STRENGTH = {"": 0, Demand.Data.SENSITIVE: 1, Demand.Data.PERSONAL: 2, Demand.Data.ANY: 3}

type Cell = tuple[int, str, str]  # kind of document, kind of asset, criticality
type Cells = Mapping[Cell, str]  # Demand.Data, only for cells that demand something
type Like = tuple[str, str, str]  # kind, criticality and personal data of an asset


@dataclass(frozen=True)
class Shown:
    """A cell as it is read: its meaning, and whether the cell under "all" says so already."""

    criticality: str
    data: str
    is_inherited: bool

    @property
    def label(self) -> str:
        return str(Demand.Data(self.data).label) if self.data else ""


@dataclass(frozen=True)
class Effect:
    """The effect of a change of the matrix, in documents.

    `missing` are demanded anew and not there, `there` demanded anew and there already;
    `dropped` are not demanded any more.
    """

    missing: int = 0
    there: int = 0
    dropped: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.missing or self.there or self.dropped)


def cells_now() -> dict[Cell, str]:
    """Return the matrix; kinds of documents that are not used any more have no cells."""
    rows = Demand.objects.filter(type__is_retired=False)
    return {
        (type_key, kind, criticality): data
        for type_key, kind, criticality, data in rows.values_list(
            "type", "kind", "criticality", "data"
        )
    }


def matrix_version() -> int:
    """Return the number of the event that last changed the matrix; 0 before any."""
    changes = Event.objects.filter(act=CHANGED).order_by("-seq")
    return changes.values_list("seq", flat=True).first() or 0


def types_in_use() -> list[DocumentType]:
    return list(DocumentType.objects.filter(is_retired=False))


def every_cell(types: Sequence[DocumentType]) -> Iterator[Cell]:
    """Yield the cells in reading order: by kind of asset, then line by line."""
    for kind in Kind.values:
        for one in types:
            for criticality in COLUMNS:
                yield (one.pk, kind, criticality)


def shown_row(cells: Cells, type_key: int, kind: str) -> list[Shown]:
    """Return a line of the matrix for a kind of asset: the meaning of each column."""
    of_all = cells.get((type_key, kind, ""), "")
    row = []
    for criticality in COLUMNS:
        own = cells.get((type_key, kind, criticality), "")
        stronger = STRENGTH[own] > STRENGTH[of_all]
        inherited = bool(criticality) and bool(of_all) and not stronger
        row.append(Shown(criticality, of_all if inherited else own, inherited))
    return row


def effect_of(wished: Cells) -> Effect:
    """Return the effect of these cells on the assets there are; three queries."""
    before, after = _demands(cells_now()), _demands(wished)
    likes = _count_assets()
    documents = _count_documents()
    missing = there = dropped = 0
    for like, number in likes.items():
        held = _types(before, like)
        asked = _types(after, like)
        for type_key in asked - held:
            found = documents[type_key, like]
            missing += number - found
            there += found
        dropped += number * len(held - asked)
    return Effect(missing, there, dropped)


def _demands(cells: Cells) -> list[Demand]:
    return [
        Demand(type_id=type_key, kind=kind, criticality=criticality, data=data)
        for (type_key, kind, criticality), data in cells.items()
    ]


def _types(demands: Sequence[Demand], like: Like) -> set[int]:
    return {demand.type_id for demand in demands if demand.speaks_of(*like)}


def _count_assets() -> dict[Like, int]:
    assets = Asset.objects.in_register().exclude(lifecycle__in=ASKS_NOTHING)
    rows = assets.order_by().values_list("kind", "criticality", "personal_data")
    return {(*like,): number for *like, number in rows.annotate(number=Count("pk"))}


def _count_documents() -> Counter[tuple[int, Like]]:
    """Return the number of assets like this that have a document of a kind."""
    live = AssetDocument.objects.filter(removed_at=None, asset__ended_on=None)
    live = live.exclude(asset__lifecycle__in=ASKS_NOTHING).order_by()
    rows = live.values_list("type", "asset__kind", "asset__criticality", "asset__personal_data")
    found = rows.annotate(number=Count("asset", distinct=True))
    return Counter({(type_key, (*like,)): number for type_key, *like, number in found})
