"""The imports there were, a new one, and what became of one."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.requests import person_of
from kommissorium.assets.actions.imports import drop_import, hand_in
from kommissorium.assets.actions.undoing import undo_import
from kommissorium.assets.forms.imports import UploadForm
from kommissorium.assets.importing.example import example_sheet
from kommissorium.assets.models import Import, ImportedRow, Kind
from kommissorium.assets.views.common import crumbs
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.form_pages import attempt
from kommissorium.core.ui.listing import paged
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page

SHOWN_EVENTS = 30


@require_GET
def asset_imports(request: HttpRequest) -> HttpResponse:
    """Show what was handed in, newest first."""
    person = person_of(request)
    if not (person.is_coordinator or person.is_auditor):
        raise Http404
    runs = Import.objects.visible_to(person).select_related("by")
    context = {
        "runs": paged(runs, request),
        "may_import": Import.can_be_made_by(person),
        "kinds": Kind.choices,
        "breadcrumbs": crumbs(_("Import")),
    }
    return page(request, "assets/imports.html", context)


@require_http_methods(["GET", "POST"])
def asset_import_new(request: HttpRequest) -> HttpResponse:
    """Hand a file in; what its columns are is the next page."""
    person = maker(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()

    def save() -> Import:
        file = form.cleaned_data["file"]
        return hand_in(form.cleaned_data["kind"], file.read(), file.name, by=person)

    run = attempt(form, save)
    if run is not None:
        return redirect("asset_import_columns", run.pk)
    context = {
        "form": form,
        "kinds": Kind.choices,
        "breadcrumbs": import_crumbs(_("New import")),
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return page(request, "assets/import_new.html", context, status=status)


@require_GET
def asset_import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Return an empty workbook with the headings of a kind and one row that shows what to write."""
    maker(request)
    if kind not in Kind.values:
        raise Http404
    name = _("Import of %(kind)s.xlsx") % {"kind": Kind(kind).label}
    return download(example_sheet(kind, get_language() or "da"), name, MEDIA_TYPE)


@require_GET
def asset_import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the file as it was handed in."""
    run = import_for(request, pk)
    try:
        data = run.file.read()
    except OSError:
        raise Http404 from None
    return download(data, run.file_name, run.file.media_type)


@require_POST
def asset_import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up."""
    run = import_for(request, pk)
    drop_import(run, by=person_of(request))
    messages.success(request, _("The import was given up. Nothing was taken in."))
    return redirect("asset_imports")


@require_POST
def asset_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an import, all of it."""
    run = import_for(request, pk)
    undo_import(run, by=person_of(request))
    messages.success(request, _("The import is undone. The register is as it was before."))
    return redirect(run)


def result_page(request: HttpRequest, run: Import) -> HttpResponse:
    """Return the page of an import that is over: what it did, and the way to undo it."""
    person = person_of(request)
    rows: QuerySet[ImportedRow] = run.rows.select_related("asset")
    undoable = run.can_be_undone_on(timezone.localdate()) and Import.can_be_made_by(person)
    context = {
        "run": run,
        "rows": paged(rows, request),
        "may_undo": undoable,
        "entries": entries(list(Event.objects.about(run)[:SHOWN_EVENTS])),
        "breadcrumbs": import_crumbs(run.file_name),
    }
    return page(request, "assets/import_result.html", context)


def maker(request: HttpRequest) -> Person:
    """Return who asks. Raises Http404 for who sees no imports, PermissionDenied for readers."""
    person = person_of(request)
    if Import.can_be_made_by(person):
        return person
    if person.is_auditor:
        raise PermissionDenied
    raise Http404


def import_for(request: HttpRequest, pk: int) -> Import:
    """Return an import the person may see. Raises Http404."""
    rows = Import.objects.visible_to(person_of(request)).select_related("file", "parsed", "by")
    found: Import = get_object_or_404(rows, pk=pk)
    return found


def import_crumbs(*steps: Crumb | str) -> list[Crumb]:
    """Return the path to a page of the imports."""
    return crumbs(Crumb(_("Import"), reverse("asset_imports")), *steps)
