"""Status of each document on a day: what is in force, what comes next, and when it is reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.measures.days import SOON
from kommissorium.policies.models import Document, Version
from kommissorium.policies.models.documents import VersionQuerySet


class Standing(models.TextChoices):
    """Standing of a document; the values exclude each other."""

    IN_FORCE = "in_force", _("In force")
    SOON = "soon", _("Review due soon")
    OVERDUE = "overdue", _("Review overdue")
    RECOMMENDED = "recommended", _("Recommended, waits for its decision")
    UNDERWAY = "underway", _("Under way")
    NONE = "none", _("Nothing in force")
    RETIRED = "retired", _("Retired")


TONES: Final[Mapping[Standing, str]] = {
    Standing.IN_FORCE: "success",
    Standing.SOON: "warning",
    Standing.OVERDUE: "danger",
    Standing.RECOMMENDED: "info",
    Standing.UNDERWAY: "info",
    Standing.NONE: "warning",
}


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document on a day: its version in force, and the one that is on its way."""

    document: Document
    current: Version | None
    next: Version | None
    day: date

    @property
    def standing(self) -> Standing:
        if self.document.is_retired:
            return Standing.RETIRED
        if self.current is None:
            if self.next is None:
                return Standing.NONE
            return Standing.RECOMMENDED if self.next.is_recommended else Standing.UNDERWAY
        if self.review_by and self.review_by < self.day:
            return Standing.OVERDUE
        is_soon = self.review_by and self.review_by <= self.day + SOON
        return Standing.SOON if is_soon else Standing.IN_FORCE

    @property
    def tone(self) -> str:
        return TONES.get(self.standing, "")

    @property
    def review_by(self) -> date | None:
        return self.current.review_by if self.current else None


def statuses_of(documents: Sequence[Document], day: date) -> list[DocumentStatus]:
    """Return how documents stand on the day (one query)."""
    return _statuses(documents, Version.objects.filter(document__in=documents), day)


def statuses_on(day: date) -> list[DocumentStatus]:
    """Return how all documents in use stand on the day (two queries)."""
    documents = Document.objects.in_use().select_related("owner", "parent")
    versions = Version.objects.filter(document__is_retired=False)
    return _statuses(list(documents), versions, day)


def _statuses(
    documents: Sequence[Document], versions: VersionQuerySet, day: date
) -> list[DocumentStatus]:
    standing = models.Q(in_force_to=None) | models.Q(in_force_to__gt=day)
    ways = models.Q(state__in=["draft", "proposed"]) | models.Q(
        models.Q(state="approved") & standing
    )
    current: dict[int, Version] = {}
    coming: dict[int, Version] = {}
    for one in versions.filter(ways).defer("text", "file_text").order_by("number"):
        (current if one.is_in_force_on(day) else coming)[one.document_id] = one
    return [DocumentStatus(one, current.get(one.pk), coming.get(one.pk), day) for one in documents]
