"""Search in this room."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.core.richtext.sections import sections_of
from kommissorium.core.search import Text
from kommissorium.policies.models import Document, Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.search import SearchedProposal


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

    def past_of(self, person: Person) -> QuerySet[Document]:
        found = super().past_of(person)
        return found if person.is_coordinator else found.filter(owner=person)

    def whole_to(self, person: Person) -> QuerySet[Document]:
        return self.visible_to(person)


SEARCHED = (SearchedVersions(), SearchedDocuments())


def _not_replaced() -> Q:
    return Q(in_force_to=None) | Q(in_force_to__gt=timezone.localdate())
