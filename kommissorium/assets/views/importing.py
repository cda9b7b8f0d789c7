"""The way of an import: its columns, its names, what it would do, and taking it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.requests import person_of
from kommissorium.assets.actions.imports import choose_names, map_columns
from kommissorium.assets.actions.taking_in import take_in
from kommissorium.assets.forms.imports import ColumnsForm, NamesForm
from kommissorium.assets.importing.plan import Plan, State
from kommissorium.assets.importing.planning import plan_of, source_of
from kommissorium.assets.models import Import
from kommissorium.assets.views.imports import import_crumbs, import_for, result_page
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page

PER_PAGE = 50


@require_GET
def asset_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what taking it in would do, row by row; of one that is over, what it did."""
    run = import_for(request, pk)
    if run.state != Import.State.READ:
        return result_page(request, run)
    if not run.key:
        return _unmapped(request, run)
    return _preview(request, run)


@require_http_methods(["GET", "POST"])
def asset_import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what each column is."""
    run = _open_import(request, pk)
    source = source_of(run)
    form = ColumnsForm(typed(request), run=run, source=source)

    def save() -> bool:
        given = form.cleaned_data
        map_columns(
            run,
            by=person_of(request),
            mapping=form.mapping(),
            key=given["key"],
            edit_version=given["edit_version"],
        )
        return True

    if attempt(form, save):
        has_names = plan_of(run).open_names
        return redirect("asset_import_names" if has_names else "asset_import", run.pk)
    context = {
        "run": run,
        "form": form,
        "notes": source.notes,
        "steps": _steps(run, "asset_import_columns"),
        "breadcrumbs": _path(run, _("Columns")),
    }
    answer = invalid if form.is_bound else page
    return answer(request, "assets/import_columns.html", context)


@require_http_methods(["GET", "POST"])
def asset_import_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who or what is meant by names that fit nobody, or several."""
    run = _open_import(request, pk)
    if not run.key:
        return redirect("asset_import_columns", run.pk)
    plan = plan_of(run)
    form = NamesForm(typed(request), run=run, plan=plan)

    def save() -> bool:
        version = form.cleaned_data["edit_version"]
        choose_names(run, by=person_of(request), choices=form.choices(), edit_version=version)
        return True

    if attempt(form, save):
        more = form.more and plan_of(run).open_names
        return redirect("asset_import_names" if more else "asset_import", run.pk)
    context = {
        "run": run,
        "form": form,
        "steps": _steps(run, "asset_import_names"),
        "breadcrumbs": _path(run, _("Names")),
    }
    answer = invalid if form.is_bound else page
    return answer(request, "assets/import_names.html", context)


@require_POST
def asset_import_take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the rows in."""
    run = import_for(request, pk)
    try:
        take_in(
            run,
            by=person_of(request),
            mark=request.POST.get("mark", ""),
            without_wrong=bool(request.POST.get("without_wrong")),
        )
    except Refused as refused:
        if run.state != Import.State.READ:
            raise
        return _preview(request, run, refused=list(refused.errors.values()))
    messages.success(request, _("The rows were taken in."))
    return redirect(run)


@require_GET
def asset_import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Return how far taking in has come, for the page that waits."""
    return page(request, "assets/import_progress.html", {"run": import_for(request, pk)})


def _preview(request: HttpRequest, run: Import, refused: list[str] | None = None) -> HttpResponse:
    plan = plan_of(run)
    wish = request.GET.get("state", "")
    rows = [row for row in plan.rows if row.state == wish] if wish in State.values else plan.rows
    context = {
        "run": run,
        "plan": plan,
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(plan, wish if wish in State.values else ""),
        "wrong": plan.counts[State.WRONG],
        "right": plan.counts[State.NEW] + plan.counts[State.CHANGED],
        "refused": refused,
        "may_take_in": Import.can_be_made_by(person_of(request)),
        "steps": _steps(run, "asset_import", open_names=plan.open_names),
        "breadcrumbs": import_crumbs(run.file_name),
    }
    answer = invalid if refused else page
    return answer(request, "assets/import.html", context)


def _unmapped(request: HttpRequest, run: Import) -> HttpResponse:
    if Import.can_be_made_by(person_of(request)):
        return redirect("asset_import_columns", run.pk)
    context = {"run": run, "breadcrumbs": import_crumbs(run.file_name)}
    return page(request, "assets/import_unmapped.html", context)


def _open_import(request: HttpRequest, pk: int) -> Import:
    """Return an import that can still be changed. Raises PermissionDenied, Refused."""
    run = import_for(request, pk)
    if not Import.can_be_made_by(person_of(request)):
        raise PermissionDenied
    if run.state != Import.State.READ:
        raise Refused(_("It has been taken in or given up already."))
    return run


def _tabs(plan: Plan, current: str) -> list[tuple[str, str, int, bool]]:
    """Return label, address, number and whether it is shown, for all rows and each state."""
    counts = plan.counts
    tabs = [(_("All"), "?", len(plan.rows), current == "")]
    return tabs + [
        (str(state.label), f"?state={state}", counts[state], current == state) for state in State
    ]


def _steps(run: Import, current: str, *, open_names: int = 0) -> list[dict[str, Any]]:
    labels = {
        "asset_import_columns": _("Columns"),
        "asset_import_names": _("Names"),
        "asset_import": _("Look through and take in"),
    }
    place = list(labels).index(current)
    steps: list[dict[str, Any]] = [{"label": _("File"), "url": "", "state": "done"}]
    for number, (name, label) in enumerate(labels.items()):
        is_done = number < place and not (name == "asset_import_names" and open_names)
        state = "current" if number == place else "done" if is_done else "todo"
        url = reverse(name, args=[run.pk]) if run.key or number == 0 else ""
        steps.append({"label": label, "url": url, "state": state})
    return steps


def _path(run: Import, last: str) -> list[Crumb]:
    return import_crumbs(Crumb(run.file_name, reverse("asset_import", args=[run.pk])), last)
