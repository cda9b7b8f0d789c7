"""The handbook: all that is in force today, as every employee reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from kommissorium.policies.models import Level, Version
from kommissorium.registers.lists.ordering import in_danish_order

LEVELS = {str(value): place for place, value in enumerate(Level.values)}


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the contents of the handbook, and those written under it."""

    version: Version
    below: Sequence[Line]


def in_handbook() -> QuerySet[Version]:
    """Return the versions in force today of documents in use."""
    found = Version.objects.in_force_on(timezone.localdate())
    return found.filter(document__is_retired=False).select_related("document__owner", "file")


def contents() -> list[Line]:
    """Return the documents in force as a tree: by level, then by title.

    One whose parent is not in force stands by itself.
    """
    versions = in_danish_order(in_handbook().defer("text", "file_text"), lambda one: one.title)
    by_level = sorted(versions, key=lambda one: LEVELS[one.document.level])
    known = {one.document_id for one in by_level}
    below: dict[int | None, list[Version]] = {}
    for one in by_level:
        parent = one.document.parent_id
        below.setdefault(parent if parent in known else None, []).append(one)
    return list(_lines(below, None))


def _lines(below: Mapping[int | None, Sequence[Version]], parent: int | None) -> Iterator[Line]:
    for one in below.get(parent, ()):
        yield Line(one, list(_lines(below, one.document_id)))
