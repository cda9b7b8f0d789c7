"""The versions in force as search knows them, written as they take effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kommissorium.core.richtext.sections import sections_of
from kommissorium.core.search import Text, find, forget, is_kept, keep, snippet
from kommissorium.core.search.models import Passage
from kommissorium.core.search.snippets import Marked
from kommissorium.policies.models import Version

KIND = "policies.version"
PER_DOCUMENT = 3  # hits shown of one
MOST_SHOWN = 20  # documents on a page


@dataclass(frozen=True, slots=True)
class Hit:
    """A heading under which the words stand; `key` is "" for what comes before the first."""

    key: str
    heading: str
    pieces: Marked


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that was found, by its version; `more` hits are not shown."""

    version: Version
    hits: Sequence[Hit]
    more: int


def texts_of(version: Version) -> list[Text]:
    """Return what a version says, heading by heading."""
    if version.file_text:
        return [Text(version.file_text)]
    sections = sections_of(version.text)
    return [Text(one.words, one.name, one.key) for one in sections] or [Text("")]


def index_version(version: Version) -> None:
    """Let a version be found. To be called by what puts it in force, before that is recorded."""
    keep(KIND, version.pk, version.title, texts_of(version))


def follow_versions() -> None:
    """Let all be found that is in force or will be, and nothing that has been replaced."""
    kept, wanted = is_kept(KIND), set(_in_force_or_coming().values_list("pk", flat=True))
    for version in Version.objects.filter(pk__in=wanted - kept):
        with transaction.atomic():
            index_version(version)
    with transaction.atomic():
        for key in kept - wanted:
            forget(KIND, key)


def index_again() -> int:
    """Write the index anew; return how many versions it knows."""
    with transaction.atomic():
        for key in is_kept(KIND):
            forget(KIND, key)
    follow_versions()
    return len(is_kept(KIND))


def search_versions(
    question: str, versions: QuerySet[Version], page: str | None = None
) -> Page[FoundDocument]:
    """Return a page of which of the versions say the words, the best first, and under which headings."""
    found = find(question, {KIND: versions})
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
            [_hit(passages[pk], question) for pk in places[key][:PER_DOCUMENT]],
            len(places[key][PER_DOCUMENT:]),
        )
        for key in best
    ]
    return shown


def _hit(passage: Passage, question: str) -> Hit:
    return Hit(passage.place, passage.heading, snippet(passage.text, question))


def _in_force_or_coming() -> QuerySet[Version]:
    held = Q(in_force_to=None) | Q(in_force_to__gt=timezone.localdate())
    return Version.objects.filter(held, state="approved", in_force_from__isnull=False)
