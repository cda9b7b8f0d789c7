"""The way of an import: its columns, its names, what it would do, and taking it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import PER_PAGE, Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.registers.actions.imports import choose_names, map_columns, take_in
from kommissorium.registers.forms.imports import ColumnsForm, NamesForm
from kommissorium.registers.importing.plan import Plan, State
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.views.imports import import_crumbs, result_page, sheet_for

SELDOM = (State.LEFT_OUT,)  # states that are offered only where rows are in them


@require_GET
def import_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what taking it in would do, row by row; of one that is over, what it did."""
    sheet = sheet_for(request, kind, pk)
    if not sheet.run.is_open:
        return result_page(request, sheet)
    if sheet.is_mapped:
        return _preview(request, sheet)
    if sheet.can_be_made_by(person_of(request)):
        return redirect(sheet.run.address("import_columns"))
    path = import_crumbs(sheet, sheet.run.file_name)
    return page(request, "registers/import_unmapped.html", {"run": sheet.run, "breadcrumbs": path})


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what each column is."""
    sheet = _open_sheet(request, kind, pk)
    run, source = sheet.run, sheet.source()
    form = ColumnsForm(typed(request), sheet=sheet, source=source)

    def save() -> None:
        given = form.cleaned_data
        key, version = given.get("key", ""), given["edit_version"]
        by = person_of(request)
        map_columns(run, by=by, mapping=form.mapping(), key=key, edit_version=version)

    if attempt(form, save):
        has_names = type(sheet)(run).plan().open_names
        return redirect(run.address("import_names" if has_names else "import_page"))
    context = _context(sheet, "import_columns", _("Columns"))
    template = "registers/import_columns.html"
    return form_page(request, form, template, **context, notes=source.notes)


@require_http_methods(["GET", "POST"])
def import_names(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what is meant by names that fit nobody, or several, and by words that are not known."""
    sheet = _open_sheet(request, kind, pk)
    run = sheet.run
    if not sheet.is_mapped:
        return redirect(run.address("import_columns"))
    by = person_of(request)
    form = NamesForm(typed(request), sheet=sheet, plan=sheet.plan(), by=by)

    def save() -> None:
        version = form.cleaned_data["edit_version"]
        choose_names(run, by=by, choices=form.choices(), edit_version=version)

    if attempt(form, save):
        more = form.more and type(sheet)(run).plan().open_names
        return redirect(run.address("import_names" if more else "import_page"))
    context = _context(sheet, "import_names", _("Names and words"))
    return form_page(request, form, "registers/import_names.html", **context)


@require_POST
def import_take_in(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take the rows in, and go on to what that made."""
    sheet = sheet_for(request, kind, pk)
    mark, without = request.POST.get("mark", ""), bool(request.POST.get("without_wrong"))
    try:
        made = take_in(sheet.run, by=person_of(request), mark=mark, without_wrong=without)
    except Refused as refused:
        if not (sheet.run.is_open and sheet.is_mapped):
            raise
        return _preview(request, sheet, refused=list(refused.errors.values()))
    messages.success(request, str(sheet.taken_in))
    return redirect(made or sheet.run)


@require_GET
def import_progress(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Return how far taking in has come, for the page that waits."""
    run = sheet_for(request, kind, pk).run
    return page(request, "registers/import_progress.html", {"run": run})


def _preview(
    request: HttpRequest, sheet: SheetImport, refused: list[str] | None = None
) -> HttpResponse:
    plan = sheet.plan()
    wish = request.GET.get("state", "")
    state = wish if wish in State.values else ""
    rows = [row for row in plan.rows if row.state == state] if state else plan.rows
    rows_here = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _context(sheet, "import_page", "", open_names=plan.open_names) | {
        "plan": plan,
        "rows": rows_here,
        "shown": sheet.shown(plan, rows_here),
        "tabs": _tabs(plan, state),
        "wrong": plan.counts[State.WRONG],
        "right": len(plan.right),
        "refused": refused,
        "may_take_in": sheet.can_be_made_by(person_of(request)),
    }
    answer = invalid if refused else page
    return answer(request, "registers/import.html", context)


def _open_sheet(request: HttpRequest, kind: str, pk: int) -> SheetImport:
    """Return an import that can still be changed. Raises PermissionDenied, Refused."""
    sheet = sheet_for(request, kind, pk)
    if not sheet.can_be_made_by(person_of(request)):
        raise PermissionDenied
    if not sheet.run.is_open:
        raise Refused(_("It has been taken in or given up already."))
    return sheet


def _context(sheet: SheetImport, name: str, last: str, *, open_names: int = 0) -> dict[str, Any]:
    """Return what the pages on the way have in common."""
    called = sheet.run.file_name
    path = [Crumb(called, sheet.run.get_absolute_url()), last] if last else [called]
    steps = _steps(sheet, name, open_names=open_names)
    crumbs = import_crumbs(sheet, *path)
    return {"run": sheet.run, "sheet": sheet, "steps": steps, "breadcrumbs": crumbs}


def _steps(sheet: SheetImport, current: str, *, open_names: int) -> list[dict[str, Any]]:
    labels = {"import_columns": _("Columns"), "import_names": _("Names and words")}
    labels["import_page"] = _("Look through and take in")
    place = list(labels).index(current)
    steps: list[dict[str, Any]] = [{"label": _("File"), "url": "", "state": "done"}]
    for number, (name, label) in enumerate(labels.items()):
        is_done = number < place and not (name == "import_names" and open_names)
        state = "current" if number == place else "done" if is_done else "todo"
        url = sheet.run.address(name) if number == 0 or sheet.is_mapped else ""
        steps.append({"label": label, "url": url, "state": state})
    return steps


def _tabs(plan: Plan, current: str) -> list[tuple[str, str, int, bool]]:
    """Return label, address, number and whether it is shown, for all rows and each state."""
    counts = plan.counts
    tabs = [(_("All"), "?", len(plan.rows), current == "")]
    return tabs + [
        (str(state.label), f"?state={state}", counts[state], current == state)
        for state in State
        if counts[state] or state not in SELDOM
    ]
