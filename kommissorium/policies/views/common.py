"""Helpers shared by the pages of this room: fetching through the person, path and frame."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.policies.models import Document, Version
from kommissorium.policies.proposal import KIND


def document_of(request: HttpRequest, pk: int) -> Document:
    """Return a document the person may see. Raises Http404."""
    rows = Document.objects.visible_to(person_of(request)).select_related("owner", "parent")
    found: Document = get_object_or_404(rows, pk=pk)
    return found


def keeper_of(request: HttpRequest) -> Person:
    """Return the person, who keeps the register. Raises PermissionDenied."""
    person = person_of(request)
    if not Document.can_be_changed_by(person):
        raise PermissionDenied
    return person


def kept_document(request: HttpRequest, pk: int) -> Document:
    """Return a document for whoever keeps the register. Raises Http404, PermissionDenied."""
    found = document_of(request, pk)
    keeper_of(request)
    return found


def version_of(request: HttpRequest, pk: int) -> Version:
    """Return a version the person may see. Raises Http404."""
    found: Version = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    return found


def written_version(request: HttpRequest, pk: int) -> Version:
    """Return a version for whoever writes it. Raises Http404, PermissionDenied."""
    found = version_of(request, pk)
    if not found.can_be_drafted_by(person_of(request)):
        raise PermissionDenied
    return found


def path_to(found: Document | Version | None, *more: str) -> list[Crumb]:
    """Return the path to a page of a document or a version."""
    crumbs = [Crumb(_("Policies"), reverse("policies"))]
    if isinstance(found, Version):
        crumbs.append(Crumb(found.document.title, found.document.get_absolute_url()))
        label = _("Version %(number)s") % {"number": found.number}
        return path_of(
            *crumbs, *([Crumb(label, found.get_absolute_url()), *more] if more else [label])
        )
    if found is not None and more:
        crumbs.append(Crumb(found.title, found.get_absolute_url()))
    return path_of(*crumbs, *(more or ([found.title] if found else [])))


def frame(found: Document | Version, title: str) -> dict[str, Any]:
    """Return what the page of a form about it says, and where it leads."""
    return {
        "title": title,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_to(found, title),
    }
