"""The handbook: all that is in force today, as every employee reads it and searches in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from kommissorium.core.search import Asked, Found, find, find_near, snippet
from kommissorium.core.search.models import Passage
from kommissorium.core.search.snippets import Marked
from kommissorium.policies.models import Version
from kommissorium.policies.policy_list import Branch, tree_of
from kommissorium.policies.proposal import KIND
from kommissorium.rulings import interpretations
from kommissorium.rulings.models import Interpretation


def in_handbook() -> QuerySet[Version]:
    """Return the versions in force today of documents in use."""
    found = Version.objects.in_force_on(timezone.localdate())
    return found.filter(document__is_retired=False).select_related("document__owner", "file")


def contents() -> list[Branch[Version]]:
    """Return the documents in force as a tree."""
    versions = in_handbook().defer("text", "file_text")
    return tree_of(versions, lambda one: one.document, lambda one: one.title)


PER_DOCUMENT = 3  # hits shown of one
MOST_SHOWN = 20  # documents on a page
MOST_ANSWERS = 5  # interpretations above them


@dataclass(frozen=True, slots=True)
class Hit:
    """A heading with the words under it; `key` is "" for the text before the first."""

    key: str
    heading: str
    pieces: Marked


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that was found, by its version; `more` hits are not shown."""

    version: Version
    hits: Sequence[Hit]
    more: int


def search_versions(
    question: str, versions: QuerySet[Version], page: str | None = None, *, is_near: bool = False
) -> Page[FoundDocument]:
    """Return a page of the versions with the words, the best first, and their headings."""
    found, asked = _found(question, {KIND.kind: versions}, is_near=is_near)
    places: dict[int, list[int]] = {}
    for one in found:
        places.setdefault(one.object_id, []).append(one.passage_id)
    shown: Page[Any] = Paginator(list(places), MOST_SHOWN).get_page(page)
    best: list[int] = list(shown.object_list)
    passages = Passage.objects.in_bulk([pk for key in best for pk in places[key][:PER_DOCUMENT]])
    rows = versions.defer("text", "file_text").in_bulk(best)
    shown.object_list = [
        FoundDocument(
            rows[key],
            [_hit(passages[pk], asked) for pk in places[key][:PER_DOCUMENT]],
            len(places[key][PER_DOCUMENT:]),
        )
        for key in best
    ]
    return shown


def search_answers(question: str, *, is_near: bool = False) -> list[Interpretation]:
    """Return how rules of documents in force are to be understood, where that or what was asked has
    the words, the best first. What was asked is not for everybody: it is not to be shown."""
    ruled = Interpretation.objects.filter(
        state="approved", document__in=in_handbook().order_by().values("document")
    )
    found, _asked = _found(question, {interpretations.KIND.kind: ruled}, is_near=is_near)
    best = list(dict.fromkeys(one.object_id for one in found))[:MOST_ANSWERS]
    rows = ruled.select_related("document").in_bulk(best)
    return [rows[key] for key in best]


def _found(
    question: str, among: Mapping[str, QuerySet[Any]], *, is_near: bool
) -> tuple[list[Found], str | Asked]:
    """Return what has the words, or words a letter from them, and what is marked in it."""
    return find_near(question, among) if is_near else (find(question, among), question)


def _hit(passage: Passage, asked: str | Asked) -> Hit:
    return Hit(passage.place, passage.heading, snippet(passage.text, asked))
