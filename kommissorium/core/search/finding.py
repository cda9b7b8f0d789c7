"""Finds the passages that hold all words asked for, the best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from kommissorium.core.search.models import Passage
from kommissorium.core.search.stems import stems_of
from kommissorium.core.search.word_index import has_all

MOST_WORDS: Final = 12  # of a question
MOST_WEIGHED: Final = 3_000  # passages; of more, the newest
MOST_TOLD: Final = 5  # times a word counts in a passage
IN_HEADING: Final = 8
IN_TITLE: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found. Its row is fetched with what is shown."""

    passage_id: int
    kind: str
    object_id: int
    weight: int


def find(question: str, among: Mapping[str, QuerySet[Any]]) -> list[Found]:
    """Return the passages that hold all words of the question, in any form, the best first.

    `among` holds, by kind, the objects that may be found: those that who asks may see.
    """
    stems = list(dict.fromkeys(stems_of(question)))[:MOST_WORDS]
    if not stems or not among:
        return []
    allowed = Q(pk__in=())
    for kind, objects in among.items():
        allowed |= Q(kind=kind, object_id__in=objects.order_by().values("pk"))
    rows = Passage.objects.filter(has_all(stems)).filter(allowed).order_by("-pk")
    fields = ("pk", "kind", "object_id", "title", "heading", "words")
    found = [
        Found(pk, kind, object_id, _weight(stems, title, heading, words))
        for pk, kind, object_id, title, heading, words in rows.values_list(*fields)[:MOST_WEIGHED]
    ]
    return sorted(found, key=lambda one: (-one.weight, one.passage_id))


def _weight(stems: list[str], title: str, heading: str, words: str) -> int:
    """Return how much a passage is about the words; a whole word counts twice its beginning."""
    in_title, in_heading, spaced = set(stems_of(title)), set(stems_of(heading)), f" {words} "
    weight = 0
    for stem in stems:
        weight += 2 * min(spaced.count(f" {stem} "), MOST_TOLD)
        weight += min(spaced.count(f" {stem}"), MOST_TOLD)
        weight += IN_HEADING * (stem in in_heading) + IN_TITLE * (stem in in_title)
    return weight
