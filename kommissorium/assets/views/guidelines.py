"""The guidelines for owners: the version in force, the earlier ones, and who has read them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.guidelines import confirm_reading, issue_guideline
from kommissorium.assets.forms.guidelines import GuidelineForm
from kommissorium.assets.guideline_readers import count_readers, readers_of
from kommissorium.assets.models import Guideline
from kommissorium.assets.views.common import crumbs
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.ui.downloads import download_from
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.pagination import PER_PAGE
from kommissorium.core.ui.responses import page
from kommissorium.registers.lists.workbook import workbook_of


@require_GET
def guidelines(request: HttpRequest) -> HttpResponse:
    """Show the version in force, the others, and how far the owners are in reading it."""
    person, today = person_of(request), timezone.localdate()
    versions = list(Guideline.objects.select_related("file"))
    found = next(iter(_begun(versions, today)), None)
    owns = Guideline.can_be_confirmed_by(person)
    reading = found.readings.filter(person=person).first() if found else None
    named = Guideline.readers_are_named_to(person)
    context = {
        "person": person,
        "guideline": found,
        "is_late": bool(found and found.review_by < today),
        "earlier": [one for one in versions if found and one.version < found.version],
        "coming": [one for one in versions if not found or one.version > found.version],
        "reading": reading,
        "may_confirm": bool(found and owns and reading is None),
        "may_issue": Guideline.can_be_issued_by(person),
        "numbers": count_readers(found, today) if found else None,
        "lacking": _lacking(found) if found and named else None,
        "most": PER_PAGE,
    }
    return page(request, "assets/guidelines.html", context)


@require_GET
def guideline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version as it was issued."""
    found = get_object_or_404(Guideline.objects.select_related("file"), pk=pk)
    title = _("Version %(version)s") % {"version": found.version}
    in_force = Guideline.on(timezone.localdate())
    context = {
        "guideline": found,
        "is_in_force": found == in_force,
        "breadcrumbs": _crumbs(title),
    }
    return page(request, "assets/guideline.html", context)


@require_GET
def guideline_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file of a version."""
    person_of(request)
    found = get_object_or_404(Guideline.objects.select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return download_from(found.file.checked(), found.file_name, found.file.media_type)


@require_http_methods(["GET", "POST"])
def guideline_new(request: HttpRequest) -> HttpResponse:
    """Issue the next version."""
    person = person_of(request)
    if not Guideline.can_be_issued_by(person):
        raise PermissionDenied
    last = Guideline.objects.first()
    start = GuidelineForm.initial_of(last, timezone.localdate())
    form = GuidelineForm(typed(request), request.FILES or None, last=last, initial=start)
    return edit_page(
        request,
        form,
        lambda: issue_guideline(form.values(), by=person),
        done=lambda made: _("Version %(version)s is issued.") % {"version": made.version},
        after="guidelines",
        title=_("Issue a new version"),
        lead=_("It can never be changed afterwards. The owners are asked to confirm reading it."),
        multipart=True,
        submit_label=_("Issue the version"),
        cancel_url=reverse("guidelines"),
        breadcrumbs=_crumbs(_("Issue a new version")),
    )


@require_http_methods(["POST"])
def guideline_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm having read a version."""
    found = get_object_or_404(Guideline, pk=pk)
    confirm_reading(found, by=person_of(request))
    messages.success(request, _("Thank you. It is noted that you have read the guidelines."))
    return redirect("guidelines")


@require_GET
def guideline_readings(request: HttpRequest) -> FileResponse:
    """Return who has confirmed reading the version in force as an Excel workbook."""
    if not Guideline.readers_are_named_to(person_of(request)):
        raise PermissionDenied
    found = Guideline.on(timezone.localdate())
    if found is None:
        raise Http404
    columns = [
        Column(pgettext("of an asset", "Owner"), 35),
        Column(_("Job title"), 35),
        Column(_("Department"), 30),
        Column(_("Confirmed"), kind="moment"),
    ]
    title = _("Version %(version)s, read by") % {"version": found.version}
    rows = (_row(one) for one in readers_of(found, timezone.localdate()))
    name = _("guidelines-%(version)s") % {"version": found.version}
    return workbook_of([Sheet(title, columns, rows)], title=title, name=name)


def _begun(versions: list[Guideline], today: Any) -> list[Guideline]:
    """Return the versions that have taken effect, the one in force first, as Guideline.on()."""
    begun = [one for one in versions if one.effective_from <= today]
    return sorted(begun, key=lambda one: (one.effective_from, one.version), reverse=True)


def _lacking(found: Guideline) -> list[Any]:
    readers = readers_of(found, timezone.localdate(), lacking=True)
    return list(readers[: PER_PAGE + 1])


def _row(one: Any) -> tuple[Any, ...]:
    return (one.name, one.job_title, one.department, one.read_at)


def _crumbs(label: str) -> list[Crumb]:
    return crumbs(Crumb(_("Guidelines for owners"), reverse("guidelines")), label)
