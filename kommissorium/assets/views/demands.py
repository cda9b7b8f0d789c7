"""The matrix of documents demanded, and the kinds of documents that can be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.actions.demands import (
    add_document_type,
    change_document_type,
    restore_document_type,
    retire_document_type,
    set_demands,
    type_values,
)
from kommissorium.assets.forms.documents import DemandsForm, DocumentTypeForm, column_label
from kommissorium.assets.models import DocumentType, Kind, reads_whole_register
from kommissorium.assets.requirement_matrix import (
    CHANGED,
    COLUMNS,
    Cells,
    Effect,
    cells_now,
    effect_of,
    matrix_version,
    shown_row,
    types_in_use,
)
from kommissorium.assets.views.common import home, reader_of_all
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.registers.lists.workbook import workbook_of
from kommissorium.registers.views.row_pages import RowPages, history_page


def _types(person: Person) -> QuerySet[DocumentType]:
    found = DocumentType.objects.all()
    return found if reads_whole_register(person) else found.none()


DEMANDS = RowPages(
    lambda: Crumb(_("Documents demanded"), reverse("demands")), _types, above=(home,)
)


@require_GET
def demands(request: HttpRequest) -> HttpResponse:
    """Show which documents are demanded for which assets."""
    person = reader_of_all(request)
    types = list(DocumentType.objects.all())
    in_use = [one for one in types if not one.is_retired]
    context = {
        "person": person,
        "tables": _tables(in_use, cells_now()),
        "headings": [column_label(one) for one in COLUMNS],
        "types": in_use,
        "retired": [one for one in types if one.is_retired],
        "may_keep": DocumentType.can_be_kept_by(person),
    }
    return page(request, "assets/demands.html", context)


@require_http_methods(["GET", "POST"])
def demands_change(request: HttpRequest) -> HttpResponse:
    """Change the matrix in one form; "See what it changes" saves nothing."""
    person = keeper_of(request)
    types = types_in_use()
    path = DEMANDS.path(_("Change what is demanded"))
    if request.method == "GET":
        start = DemandsForm.initial_of(cells_now(), matrix_version())
        return _matrix_form(request, DemandsForm(types=types, initial=start), path)
    form = DemandsForm(request.POST, types=types)
    if "preview" in request.POST and form.is_valid():
        return _matrix_form(request, form, path, effect=effect_of(form.cells()))
    try:
        saved = attempt(form, lambda: _save(form, person))
    except Conflict as found:
        return _overtaken(request, form, found, path)
    if saved is None:
        return _matrix_form(request, form, path)
    messages.success(request, in_words(saved.value))
    return redirect("demands")


@require_GET
def demands_file(request: HttpRequest) -> FileResponse:
    """Return the matrix as an Excel workbook, one sheet for each kind of asset."""
    reader_of_all(request)
    types, cells = types_in_use(), cells_now()
    columns = [Column(_("Document"), 40), *(Column(column_label(one), 30) for one in COLUMNS)]
    columns += [Column(_("To be reviewed after how many months"), 20, kind="number")]
    sheets = [
        Sheet(
            kind.label,
            columns,
            [
                (one.label, *(c.label for c in shown_row(cells, one.pk, kind)), one.review_months)
                for one in types
            ],
        )
        for kind in Kind
    ]
    return workbook_of(sheets, title=_("Documents demanded"), name=_("documents-demanded"))


@require_GET
def demands_history(request: HttpRequest) -> HttpResponse:
    """Show what happened to the matrix and to the kinds of documents."""
    reader_of_all(request)
    about = Q(act=CHANGED) | Q(object_kind="assets.documenttype")
    lead = _("What happened to the documents demanded, the newest first.")
    return history_page(request, Event.objects.filter(about), DEMANDS.path(), lead)


def keeper_of(request: HttpRequest) -> Person:
    """Return the person, if they may change the matrix. Raises Http404 or PermissionDenied."""
    person = reader_of_all(request)
    if not DocumentType.can_be_kept_by(person):
        raise PermissionDenied
    return person


def in_words(effect: Effect) -> str:
    """Return the effect of a change of the matrix in a sentence or two."""
    if effect.is_nothing:
        return _("It changes nothing for the systems, data and archives there are.")
    missing = ngettext(
        "%(number)s document more is missing.",
        "%(number)s documents more are missing.",
        effect.missing,
    )
    there = ngettext(
        "%(number)s document more is demanded and there already.",
        "%(number)s documents more are demanded and there already.",
        effect.there,
    )
    dropped = ngettext(
        "%(number)s document is no longer demanded.",
        "%(number)s documents are no longer demanded.",
        effect.dropped,
    )
    numbered = [(missing, effect.missing), (there, effect.there), (dropped, effect.dropped)]
    return " ".join(text % {"number": number} for text, number in numbered if number)


def _save(form: DemandsForm, person: Person) -> Effect:
    version = form.cleaned_data["edit_version"]
    return set_demands(form.cells(), by=person, edit_version=version)


def _tables(types: list[DocumentType], cells: Cells) -> list[tuple[Kind, list[Any]]]:
    """Return by kind of asset the lines that demand something anywhere."""
    rows = {kind: [(one, shown_row(cells, one.pk, kind.value)) for one in types] for kind in Kind}
    return [
        (kind, [(one, row) for one, row in lines if any(cell.data for cell in row)])
        for kind, lines in rows.items()
    ]


def _matrix_form(
    request: HttpRequest, form: DemandsForm, path: list[Crumb], effect: Effect | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "headings": [column_label(one) for one in COLUMNS],
        "effect": in_words(effect) if effect else "",
        "breadcrumbs": path,
    }
    answer = invalid if form.is_bound and effect is None else page
    return answer(request, "assets/demands_form.html", context)


def _overtaken(
    request: HttpRequest, form: DemandsForm, found: Conflict, path: list[Crumb]
) -> HttpResponse:
    now: Any = found.current["cells"]
    theirs = {name: now.get(cell, "") for name, cell in form.cells_of.items()}
    return conflict(
        request,
        form,
        Conflict({**theirs, "edit_version": found.edit_version}),
        cancel_url=reverse("demands"),
        breadcrumbs=path,
    )


@require_http_methods(["GET", "POST"])
def document_type_new(request: HttpRequest) -> HttpResponse:
    """Add a kind of document."""
    person = keeper_of(request)
    form = DocumentTypeForm(typed(request), initial={"review_months": 12})
    return edit_page(
        request,
        form,
        lambda: add_document_type(by=person, **form.values()),
        done=_("It is added. Choose now where it is demanded."),
        submit_label=_("Add"),
        **DEMANDS.frame(None, _("New kind of document"), after="demands_change"),
    )


@require_http_methods(["GET", "POST"])
def document_type_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a kind of document, or its time until review."""
    person, found = person_of(request), DEMANDS.get(request, pk, "can_be_kept_by")
    form = DocumentTypeForm(typed(request), initial=type_values(found))
    return edit_page(
        request,
        form,
        lambda: change_document_type(found, by=person, **form.cleaned_data),
        done=_("It is saved."),
        lead=_("Documents that are there already keep their review dates."),
        **DEMANDS.frame(None, found.label, after="demands"),
    )


@require_http_methods(["GET", "POST"])
def document_type_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a kind of document out of use."""
    person, found = person_of(request), DEMANDS.get(request, pk, "can_be_kept_by")
    number = found.required.count()
    text = ngettext(
        "It is demanded of %(number)s system, data set or archive today. The documents that are"
        " there stay.",
        "It is demanded of %(number)s systems, data sets and archives today. The documents that"
        " are there stay.",
        number,
    )
    return confirm_page(
        request,
        lambda: retire_document_type(found, by=person),
        done=_("It is out of use and not demanded any more."),
        text=text % {"number": number},
        submit_label=_("Take out of use"),
        **DEMANDS.frame(
            None, _("Take “%(name)s” out of use") % {"name": found.label}, after="demands"
        ),
    )


@require_http_methods(["POST"])
def document_type_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a kind of document into use again."""
    found = DEMANDS.get(request, pk, "can_be_kept_by")
    restore_document_type(found, by=person_of(request))
    messages.success(request, _("It is in use again and demanded as before."))
    return redirect("demands")
