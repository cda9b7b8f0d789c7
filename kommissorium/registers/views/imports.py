"""The imports of a register there were, a new one, and what became of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.documents.excel import MEDIA_TYPE, workbook
from kommissorium.core.evidence.models import Event
from kommissorium.core.files.models import FileDamaged
from kommissorium.core.ui.form_pages import attempt, form_page
from kommissorium.core.ui.navigation import Crumb, paged
from kommissorium.core.ui.responses import download, download_from, page
from kommissorium.registers.actions.imports import drop_import, hand_in, undo_import
from kommissorium.registers.importing.kinds import import_of
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.models import ImportRun

SHOWN_EVENTS = 30


@require_GET
def imports(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what was handed in, newest first."""
    person, declared = person_of(request), import_for(kind)
    if not declared.can_be_read_by(person):
        raise Http404
    runs = paged(declared.runs_of(person), request)
    context = {
        "sheet": declared,
        "runs": runs,
        "shown": [declared(run) for run in runs],
        "may_import": declared.can_be_made_by(person),
        "breadcrumbs": _crumbs(declared, declared.title),
    }
    return page(request, "registers/imports.html", context)


@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand a file in; what its columns are is the next page."""
    declared, person = _made_by(request, kind)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = declared.form(*posted, hint=str(declared.file_hint), accept=declared.accept)

    def save() -> ImportRun:
        file = form.cleaned_data["file"]
        return hand_in(kind, file.read(), file.name, by=person, options=form.options())

    if run := attempt(form, save):
        return redirect(run.value.address("import_columns"))
    path = import_crumbs(declared, declared.new_title)
    template = "registers/import_new.html"
    return form_page(request, form, template, sheet=declared, breadcrumbs=path)


@require_GET
def import_template(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    """Return an empty workbook with the headings and a row that shows what to write."""
    declared, _person = _made_by(request, kind)
    label = dict(declared.templates).get(template)
    if label is None:
        raise Http404
    data = workbook(
        declared.example(template),
        title=str(label),
        author="Kommissorium",
        language=get_language() or "da",
    )
    return download(data, _("Import of %(kind)s.xlsx") % {"kind": label}, MEDIA_TYPE)


@require_GET
def import_file(request: HttpRequest, kind: str, pk: int) -> FileResponse:
    """Return the file as it was handed in."""
    run = sheet_for(request, kind, pk).run
    try:
        file = run.file.checked()
    except FileDamaged:
        raise Http404 from None
    return download_from(file, run.file_name, run.file.media_type)


@require_POST
def import_drop(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give an import up."""
    drop_import(sheet_for(request, kind, pk).run, by=person_of(request))
    messages.success(request, _("The import was given up. Nothing was taken in."))
    return redirect("imports", kind)


@require_POST
def import_undo(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Undo an import, all of it."""
    sheet = sheet_for(request, kind, pk)
    undo_import(sheet.run, by=person_of(request))
    messages.success(request, str(sheet.undone))
    return redirect(sheet.run)


def result_page(request: HttpRequest, sheet: SheetImport) -> HttpResponse:
    """Return the page of an import that is over: what it did, and the way to undo it."""
    run, person = sheet.run, person_of(request)
    rows = paged(run.rows.all(), request)
    things = sheet.things([row.thing_id for row in rows if row.thing_id])
    context = {
        "run": run,
        "sheet": sheet,
        "made": sheet.made(),
        "rows": rows,
        "shown": [(row, things.get(row.thing_id or 0)) for row in rows],
        "may_undo": sheet.can_be_made_by(person) and not sheet.obstacle_to_undo(),
        "entries": entries(list(Event.objects.about(run)[:SHOWN_EVENTS])),
        "breadcrumbs": import_crumbs(sheet, run.file_name),
    }
    return page(request, "registers/import_result.html", context)


def import_for(kind: str) -> type[SheetImport]:
    """Return the import of that kind. Raises Http404 for one that no register has."""
    try:
        return import_of(kind)
    except LookupError:
        raise Http404 from None


def sheet_for(request: HttpRequest, kind: str, pk: int) -> SheetImport:
    """Return an import the person may see. Raises Http404."""
    declared = import_for(kind)
    rows = declared.runs_of(person_of(request)).select_related("file", "parsed", "by")
    return declared(get_object_or_404(rows, pk=pk))


def import_crumbs(sheet: SheetImport | type[SheetImport], *steps: Crumb | object) -> list[Crumb]:
    """Return the path to a page of the imports."""
    return _crumbs(sheet, Crumb(str(sheet.title), reverse("imports", args=[sheet.kind])), *steps)


def _crumbs(sheet: SheetImport | type[SheetImport], *steps: Crumb | object) -> list[Crumb]:
    path = [Crumb(str(sheet.home_label), reverse(sheet.home))]
    return path + [step if isinstance(step, Crumb) else Crumb(str(step)) for step in steps]


def _made_by(request: HttpRequest, kind: str) -> tuple[type[SheetImport], Person]:
    """Return the import, and who asks.

    Raises Http404 for whoever sees no imports, PermissionDenied for readers.
    """
    person = person_of(request)
    declared = import_for(kind)
    if not declared.can_be_read_by(person):
        raise Http404
    if not declared.can_be_made_by(person):
        raise PermissionDenied
    return declared, person
