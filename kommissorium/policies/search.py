"""What search finds of this room; and the versions in force, as the handbook is searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.searched import Searched
from kommissorium.core.richtext.sections import sections_of
from kommissorium.core.search import Text, find, snippet
from kommissorium.core.search.models import Passage
from kommissorium.core.search.snippets import Marked
from kommissorium.policies.models import Document, Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.search import SearchedProposal

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


class SearchedVersions(SearchedProposal[Version]):
    """Versions of documents under way, in force or coming, heading by heading."""

    model, label, proposal = Version, _("Policies"), KIND
    dated = "in_force_from"

    def rows(self) -> QuerySet[Version]:
        return super().rows().filter(_not_replaced()).exclude(state="dropped")

    def visible_to(self, person: Person) -> QuerySet[Version]:
        return super().visible_to(person).filter(_not_replaced())

    def shown(self, rows: QuerySet[Version]) -> QuerySet[Version]:
        return rows.defer("text", "file_text")

    def title(self, row: Version) -> str:
        return str(row) if row.in_force_from is None else row.title

    def url(self, row: Version, place: str = "") -> str:
        return f"{row.get_absolute_url()}#{quote(place)}" if place else row.get_absolute_url()

    def texts(self, row: Version) -> Iterable[Text]:
        return texts_of(row)


class SearchedDocuments(Searched[Document]):
    """Documents, by what they are called and whom they are for."""

    model, label = Document, _("Documents of policies")
    fields = ("audience", "tags")
    named = ("owner",)


SEARCHED = (SearchedVersions(), SearchedDocuments())


def search_versions(
    question: str, versions: QuerySet[Version], page: str | None = None
) -> Page[FoundDocument]:
    """Return a page of which of the versions say the words, the best first, and under which headings."""
    found = find(question, {KIND.kind: versions})
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


def _not_replaced() -> Q:
    return Q(in_force_to=None) | Q(in_force_to__gt=timezone.localdate())
