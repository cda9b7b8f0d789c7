"""Keeps the passages of objects, in the transaction of what changes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kommissorium.core.search.models import Passage
from kommissorium.core.search.stems import stems_of

LONGEST = 20_000  # characters of a passage; a longer text becomes several


@dataclass(frozen=True, slots=True)
class Text:
    """What stands under a heading of an object, without markup; `place` is the heading's key."""

    words: str
    heading: str = ""
    place: str = ""


def keep(kind: str, object_id: int, title: str, texts: Iterable[Text]) -> None:
    """Keep what an object says, in place of what it said before."""
    forget(kind, object_id)
    first = " ".join(stems_of(title))
    Passage.objects.bulk_create(
        Passage(
            kind=kind,
            object_id=object_id,
            place=one.place[:100],
            title=title[:200],
            heading=one.heading[:500],
            text=part,
            words=" ".join([first, *stems_of(one.heading), *stems_of(part)]).strip(),
        )
        for one in texts
        for part in _parts(one.words)
    )


def forget(kind: str, object_id: int) -> None:
    """Keep nothing of an object any more."""
    Passage.objects.filter(kind=kind, object_id=object_id).delete()


def is_kept(kind: str) -> set[int]:
    """Return which objects of a kind there are passages of."""
    return set(Passage.objects.filter(kind=kind).values_list("object_id", flat=True).distinct())


def _parts(text: str) -> list[str]:
    """Return a text in parts that are not too long, cut between words."""
    parts = []
    while len(text) > LONGEST:
        at = text.rfind(" ", 0, LONGEST)
        at = at if at > 0 else LONGEST
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]
