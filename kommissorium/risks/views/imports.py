"""Sheets of risks: those there were, a new one, its columns, what it would do, and what it did."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.requests import person_of
from kommissorium.assets.importing.plan import State
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.listing import paged
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.risks.actions.imports import (
    drop_import,
    hand_in,
    lacking,
    map_columns,
    take_in,
    undo_import,
)
from kommissorium.risks.forms.imports import ColumnsForm, UploadForm
from kommissorium.risks.importing.example import example_sheet
from kommissorium.risks.importing.plan import Plan
from kommissorium.risks.importing.planning import plan_of, source_of
from kommissorium.risks.importing.showing import shown_of
from kommissorium.risks.models import RiskImport
from kommissorium.risks.views.common import crumbs

PER_PAGE = 50
SHOWN_EVENTS = 30


@require_GET
def risk_imports(request: HttpRequest) -> HttpResponse:
    """Show what was handed in, newest first."""
    person = person_of(request)
    if not (person.is_coordinator or person.is_auditor):
        raise Http404
    runs = RiskImport.objects.visible_to(person).select_related("by", "assessment")
    context = {
        "runs": paged(runs, request),
        "may_import": RiskImport.can_be_made_by(person),
        "breadcrumbs": crumbs(_("Import")),
    }
    return page(request, "risks/imports.html", context)


@require_http_methods(["GET", "POST"])
def risk_import_new(request: HttpRequest) -> HttpResponse:
    """Hand a file in; what its columns are is the next page."""
    person = _maker(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()

    def save() -> RiskImport:
        given = form.cleaned_data
        file = given["file"]
        about = {"scope": given["scope"], "process": given["process"]}
        return hand_in(file.read(), file.name, by=person, **about)

    run = attempt(form, save)
    if run is not None:
        return redirect("risk_import_columns", run.pk)
    path = import_crumbs(_("New import"))
    return form_page(request, form, "risks/import_new.html", breadcrumbs=path)


@require_GET
def risk_import_template(request: HttpRequest) -> HttpResponse:
    """Return an empty workbook with the headings and a row that shows what to write."""
    _maker(request)
    name = _("Import of risks.xlsx")
    return download(example_sheet(get_language() or "da"), name, MEDIA_TYPE)


@require_GET
def risk_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what taking it in would do, row by row; of one that is over, what it did."""
    run = _import_for(request, pk)
    if not run.is_open:
        return _result(request, run)
    if lacking(run, run.mapping):
        if RiskImport.can_be_made_by(person_of(request)):
            return redirect("risk_import_columns", run.pk)
        context = {"run": run, "breadcrumbs": import_crumbs(run.file_name)}
        return page(request, "risks/import_unmapped.html", context)
    return _preview(request, run)


@require_http_methods(["GET", "POST"])
def risk_import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what each column is."""
    run = _open_import(request, pk)
    source = source_of(run)
    form = ColumnsForm(typed(request), run=run, source=source)

    def save() -> bool:
        version = form.cleaned_data["edit_version"]
        map_columns(run, by=person_of(request), mapping=form.mapping(), edit_version=version)
        return True

    if attempt(form, save):
        return redirect(run)
    path = import_crumbs(Crumb(run.file_name, run.get_absolute_url()), _("Columns"))
    context: dict[str, Any] = {"run": run, "notes": source.notes, "steps": _steps(run, 1)}
    return form_page(request, form, "risks/import_columns.html", **context, breadcrumbs=path)


@require_POST
def risk_import_take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the rows in as a draft, and go on there."""
    run = _import_for(request, pk)
    mark, without = request.POST.get("mark", ""), bool(request.POST.get("without_wrong"))
    try:
        made = take_in(run, by=person_of(request), mark=mark, without_wrong=without)
    except Refused as refused:
        if not run.is_open or lacking(run, run.mapping):
            raise
        return _preview(request, run, refused=list(refused.errors.values()))
    messages.success(
        request, _("The risks were taken in as a draft. Go through it and propose it.")
    )
    return redirect(made)


@require_POST
def risk_import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up."""
    drop_import(_import_for(request, pk), by=person_of(request))
    messages.success(request, _("The import was given up. Nothing was taken in."))
    return redirect("risk_imports")


@require_POST
def risk_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the draft up that an import made."""
    run = _import_for(request, pk)
    undo_import(run, by=person_of(request))
    messages.success(request, _("The import is undone. The draft it made has been given up."))
    return redirect(run)


@require_GET
def risk_import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the file as it was handed in."""
    run = _import_for(request, pk)
    try:
        data = run.file.read()
    except OSError:
        raise Http404 from None
    return download(data, run.file_name, run.file.media_type)


def import_crumbs(*steps: Crumb | str) -> list[Crumb]:
    """Return the path to a page of the imports."""
    return crumbs(Crumb(_("Import"), reverse("risk_imports")), *steps)


def _preview(
    request: HttpRequest, run: RiskImport, refused: list[str] | None = None
) -> HttpResponse:
    plan = plan_of(run)
    wish = request.GET.get("state", "")
    rows = [row for row in plan.rows if row.state == wish] if wish in State.values else plan.rows
    rows_here = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "plan": plan,
        "rows": rows_here,
        "shown": [shown_of(plan, row) for row in rows_here],
        "tabs": _tabs(plan, wish if wish in State.values else ""),
        "wrong": plan.counts[State.WRONG],
        "right": len(plan.right),
        "refused": refused,
        "may_take_in": RiskImport.can_be_made_by(person_of(request)),
        "steps": _steps(run, 2),
        "breadcrumbs": import_crumbs(run.file_name),
    }
    answer = invalid if refused else page
    return answer(request, "risks/import.html", context)


def _result(request: HttpRequest, run: RiskImport) -> HttpResponse:
    may_undo = run.can_be_undone and RiskImport.can_be_made_by(person_of(request))
    context = {
        "run": run,
        "may_undo": may_undo,
        "entries": entries(list(Event.objects.about(run)[:SHOWN_EVENTS])),
        "breadcrumbs": import_crumbs(run.file_name),
    }
    return page(request, "risks/import_result.html", context)


def _tabs(plan: Plan, current: str) -> list[tuple[str, str, int, bool]]:
    """Return label, address, number and whether it is shown, for all rows and each state."""
    tabs = [(_("All"), "?", len(plan.rows), not current)]
    return tabs + [
        (str(one.label), f"?state={one}", plan.counts[one], current == one) for one in State
    ]


def _steps(run: RiskImport, place: int) -> list[dict[str, Any]]:
    labels = (_("File"), _("Columns"), _("Look through and take in"))
    urls = ("", reverse("risk_import_columns", args=[run.pk]), run.get_absolute_url())
    return [
        {
            "label": label,
            "url": url if number <= place else "",
            "state": "current" if number == place else "done" if number < place else "todo",
        }
        for number, (label, url) in enumerate(zip(labels, urls, strict=True))
    ]


def _maker(request: HttpRequest) -> Person:
    """Return who asks. Raises Http404 for who sees no imports, PermissionDenied for readers."""
    person = person_of(request)
    if RiskImport.can_be_made_by(person):
        return person
    if person.is_auditor:
        raise PermissionDenied
    raise Http404


def _import_for(request: HttpRequest, pk: int) -> RiskImport:
    """Return an import the person may see. Raises Http404."""
    along = ("file", "parsed", "by", "assessment")
    rows = RiskImport.objects.visible_to(person_of(request)).select_related(*along)
    found: RiskImport = get_object_or_404(rows, pk=pk)
    return found


def _open_import(request: HttpRequest, pk: int) -> RiskImport:
    """Return an import that can still be changed. Raises PermissionDenied, Refused."""
    run = _import_for(request, pk)
    if not RiskImport.can_be_made_by(person_of(request)):
        raise PermissionDenied
    if not run.is_open:
        raise Refused(_("It has been taken in or given up already."))
    return run
