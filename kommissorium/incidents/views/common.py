"""Helpers of this room's pages: fetch through the person, log the reading, path and frame."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.incidents.models import Incident, Notification

RELATED = ("area", "reporter", "coordinator")


def case_of(
    request: HttpRequest, pk: int, what: Reading.What | None = Reading.What.PAGE
) -> Incident:
    """Return a case the person may read, and log that they do. Raises Http404."""
    person = person_of(request)
    rows = Incident.objects.visible_to(person).select_related(*RELATED)
    found: Incident = get_object_or_404(rows, pk=pk)
    if what:
        note_reading(found, by=person, what=what)
    return found


def handled_case(request: HttpRequest, pk: int) -> Incident:
    """Return a case the person works on. Raises Http404, PermissionDenied."""
    found = case_of(request, pk)
    if not found.can_be_handled_by(person_of(request)):
        raise PermissionDenied
    return found


def notification_of(request: HttpRequest, pk: int) -> Notification:
    """Return a notification of a case the person may read, and log it. Raises Http404."""
    person = person_of(request)
    rows = Notification.objects.visible_to(person).select_related(
        "incident", "decided_by", "sent_by"
    )
    found: Notification = get_object_or_404(rows.select_related("advised_by"), pk=pk)
    note_reading(found.incident, by=person, what=Reading.What.PAGE)
    return found


def part_of_case(request: HttpRequest, kind: type[Model], pk: int) -> Any:
    """Return a row of a case the person works on. Raises Http404, PermissionDenied."""
    visible = Incident.objects.visible_to(person_of(request)).values("pk")
    rows: Any = kind._default_manager.filter(incident__in=visible)  # noqa: SLF001
    found = get_object_or_404(rows.select_related("incident"), pk=pk)
    if not found.incident.can_be_handled_by(person_of(request)):
        raise PermissionDenied
    return found


def frame(incident: Incident, title: str, *, part: str = "") -> dict[str, Any]:
    """Return the texts of a form page about a case, and where it leads."""
    address = incident.get_absolute_url()
    return {
        "title": title,
        "after": f"{address}{part}",
        "cancel_url": address,
        "breadcrumbs": crumbs(incident, title),
    }


def crumbs(*steps: Any) -> list[Crumb]:
    return path_of(Crumb(_("Incidents"), reverse("incidents")), *steps)
