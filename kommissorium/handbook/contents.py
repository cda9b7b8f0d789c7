"""The handbook: the policies in force today, as every employee reads them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from kommissorium.policies.models import Version
from kommissorium.policies.tree import Branch, tree_of


def in_handbook() -> QuerySet[Version]:
    """Return the versions in force today of documents in use."""
    found = Version.objects.in_force_on(timezone.localdate())
    return found.filter(document__is_retired=False).select_related("document__owner", "file")


def contents() -> list[Branch[Version]]:
    """Return the documents in force as a tree."""
    versions = in_handbook().defer("text", "file_text")
    return tree_of(versions, lambda one: one.document, lambda one: one.title)
