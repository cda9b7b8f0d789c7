"""Keeps the passages of objects, in the transaction of the change to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kommissorium.core.search.models import Passage
from kommissorium.core.search.words import stems_of

LONGEST = 20_000  # characters of a passage; a longer text becomes several


@dataclass(frozen=True, slots=True)
class Text:
    """The text under a heading of an object, without markup; `place` is the heading's key."""

    words: str
    heading: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """All the texts of an object, and its name."""

    object_id: int
    title: str
    texts: Iterable[Text]


def keep(kind: str, said: Iterable[Said]) -> None:
    """Keep the texts of objects of a kind, in place of those before."""
    all_of_them = list(said)
    forget(kind, [one.object_id for one in all_of_them])
    rows = (row for one in all_of_them for row in _passages(kind, one))
    Passage.objects.bulk_create(rows, batch_size=500)


def forget(kind: str, object_ids: Iterable[int]) -> None:
    """Remove all texts of these objects."""
    keys = list(object_ids)
    if keys:
        Passage.objects.filter(kind=kind, object_id__in=keys).delete()


def is_kept(kind: str) -> set[int]:
    """Return the objects of a kind that have passages."""
    return set(Passage.objects.filter(kind=kind).values_list("object_id", flat=True).distinct())


def _passages(kind: str, said: Said) -> Iterator[Passage]:
    first = stems_of(said.title)
    for one in said.texts:
        heading = stems_of(one.heading)
        for part in _parts(one.words):
            yield Passage(
                kind=kind,
                object_id=said.object_id,
                place=one.place[:100],
                title=said.title[:200],
                heading=one.heading[:500],
                text=part,
                words=" ".join([*first, *heading, *stems_of(part)]),
            )


def _parts(text: str) -> list[str]:
    """Return a text in parts that are not too long, cut between words."""
    parts = []
    while len(text) > LONGEST:
        at = text.rfind(" ", 0, LONGEST)
        at = at if at > 0 else LONGEST
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]
