"""Pages for a document's audience and its readers, and the button that confirms reading."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import PER_PAGE
from kommissorium.core.ui.responses import page
from kommissorium.policies.models import Document, Version
from kommissorium.policies.views.common import document_of, path_to
from kommissorium.readings.actions.readings import choose_audience, confirm_reading
from kommissorium.readings.forms import AudienceForm
from kommissorium.readings.models import Group
from kommissorium.readings.readers import (
    figures_of,
    in_force_with_since,
    is_for,
    readings_of,
    with_reading,
)
from kommissorium.registers.lists.workbook import workbook_of


@require_GET
def policy_readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the readers of a document are, and to those who may know it who they are."""
    person, today = person_of(request), timezone.localdate()
    found = document_of(request, pk)
    version = _in_force(found)
    named = _are_named_to(person)
    rows = with_reading(version, today) if version and named else None
    own = readings_of(version).filter(person=person).first() if version else None
    context = {
        "document": found,
        "version": version,
        "audiences": found.audiences.select_related("area"),
        "figures": figures_of(version, today) if version else None,
        "lacking": list(rows.filter(read_at=None)[: PER_PAGE + 1]) if rows is not None else None,
        "most": PER_PAGE,
        "reading": own,
        "may_confirm": version is not None and own is None and is_for(found, person, today),
        "may_choose": found.can_be_written_by(person),
        "breadcrumbs": path_to(found, _("Readers")),
    }
    return page(request, "readings/readers.html", context)


@require_http_methods(["GET", "POST"])
def policy_audience(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom a document is for."""
    person = person_of(request)
    found = document_of(request, pk)
    if not found.can_be_written_by(person):
        raise PermissionDenied
    form = AudienceForm(typed(request), document=found)
    readers = reverse("policy_readers", args=[found.pk])
    return edit_page(
        request,
        form,
        lambda: choose_audience(found, by=person, **form.cleaned_data),
        done=_("It is noted."),
        after=readers,
        title=_("Whom is it for?"),
        lead=_(
            "They are asked by mail to confirm that they have read it, when it has taken effect."
        ),
        cancel_url=readers,
        breadcrumbs=path_to(found, _("Whom is it for?")),
    )


@require_POST
def policy_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm having read a version."""
    person = person_of(request)
    found = get_object_or_404(Version.objects.visible_to(person).select_related("document"), pk=pk)
    confirm_reading(found, by=person)
    messages.success(request, _("Thank you. It is noted that you have read it."))
    return redirect(found.document)


@require_GET
def policy_readings(request: HttpRequest, pk: int) -> FileResponse:
    """Return who has confirmed reading the version in force as an Excel workbook."""
    person = person_of(request)
    found = document_of(request, pk)
    if not _are_named_to(person):
        raise PermissionDenied
    version = _in_force(found)
    if version is None:
        raise Http404
    columns = [
        Column(_("Name"), 35),
        Column(_("Job title"), 35),
        Column(_("Department"), 30),
        Column(_("Confirmed"), kind="moment"),
    ]
    rows = (
        (one.name, one.job_title, one.department, one.read_at)
        for one in with_reading(version, timezone.localdate())
    )
    title = _("Version %(version)s, read by") % {"version": version.number}
    return workbook_of([Sheet(title, columns, rows)], title=found.title, name=_("readings"))


@require_GET
def owners_guidelines(request: HttpRequest, place: str = "policy") -> HttpResponse:
    """Lead to the guidelines for owners, or to whoever has read them."""
    seen = Document.objects.visible_to(person_of(request)).in_use()
    found = seen.filter(audiences__kind=Group.OWNERS).order_by("pk").first()
    return redirect(place, found.pk) if found else redirect("policies")


def _in_force(document: Document) -> Any:
    """Return the version in force, which knows since which one a reading counts."""
    rows = in_force_with_since(timezone.localdate()).filter(document=document)
    return rows.select_related("document").first()


def _are_named_to(person: Person) -> bool:
    """Return whether `person` may see who has confirmed, not only how many."""
    return person.is_coordinator or person.is_auditor
