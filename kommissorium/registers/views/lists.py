"""The page of a declared list, its workbook, and lists that are kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import municipality_of, person_of
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.actions.lists import forget_list, save_list, tidy
from kommissorium.registers.forms.saved_lists import SavedListForm
from kommissorium.registers.installed import list_of
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.lists.ordering import in_danish_order
from kommissorium.registers.lists.workbook import list_sheet, workbook_of
from kommissorium.registers.models import SavedList
from kommissorium.registers.openings import opening_above
from kommissorium.registers.status import day_asked

type View = Callable[[HttpRequest], HttpResponse]
type FileView = Callable[[HttpRequest], FileResponse]


def list_paths(route: str, kind: type[ListPage[Any]], view: View | None = None) -> list[URLPattern]:
    """Return the addresses of a list and of its workbook: they are named by the list's code.

    `view` shows the list where its page can be another one.
    """
    return [
        path(route, view or list_view(kind), name=kind.code),
        path(f"{route}file/", file_view(kind), name=f"{kind.code}_file"),
    ]


def list_view(kind: type[ListPage[Any]]) -> View:
    """Return the view of a list: as the address narrows, sorts and lays it out."""

    @require_GET
    def shown(request: HttpRequest) -> HttpResponse:
        listing = kind(person_of(request), request.GET)
        if kind.past_template and (wanted := day_asked(request)) is not None:
            return _past(request, listing, wanted)
        context = {
            "person": listing.person,
            "listing": listing,
            "page": listing.page,
            "rows": listing.drawn(list(listing.page), listing.shown),
            "breadcrumbs": listing.breadcrumbs(),
            "opening": opening_above(listing, municipality_of(request)),
            **_kept(listing),
            **listing.context(),
        }
        # One thing stands above the list: what the opening calls most wrong, else what waits first.
        waits, opening = context.get("waits", []), context["opening"]
        above = 0 if opening and opening.wrong else 1
        context |= {"waits_first": waits[:above], "waits_besides": waits[above:]}
        return page(request, kind.template, context)

    return shown


def _past(request: HttpRequest, listing: ListPage[Any], wanted: date) -> HttpResponse:
    """Show a list as it was on a past day."""
    context = {
        "listing": listing,
        "wanted": wanted,
        "here": reverse(listing.code),
        "breadcrumbs": path_of(Crumb(str(listing.title), reverse(listing.code)), day(wanted)),
        **listing.past(wanted),
    }
    return page(request, listing.past_template, context)


def file_view(kind: type[ListPage[Any]]) -> FileView:
    """Return the view of a list as a workbook; ?all=1 with every column."""

    @require_GET
    def handed_out(request: HttpRequest) -> FileResponse:
        listing = kind(person_of(request), request.GET)
        sheet = list_sheet(listing, everything=bool(request.GET.get("all")))
        return workbook_of([sheet], title=listing.sheet_title, name=kind.file_name)

    return handed_out


def _kept(listing: ListPage[Any]) -> dict[str, Any]:
    """Return what the address asks for, and the lists the person keeps (one query).

    Of each its address, and whether it is the one shown now.
    """
    query = tidy(listing.asked.urlencode())
    saved = SavedList.objects.filter(person=listing.person, code=listing.code).order_by()
    own = in_danish_order(saved)
    return {
        "query": query,
        "kept": [one for one in parse_qsl(query) if one[0] != "columns"],
        "columns_query": ",".join(one.code for one in listing.shown)
        if "columns" in listing.asked
        else "",
        "saved": [(row, listing.url(row.query), row.query == query) for row in own],
        "kept_already": any(row.query == query for row in own),
    }


@require_http_methods(["GET", "POST"])
def saved_list_new(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the list that the address asks for under a name."""
    try:
        kind = list_of(code)
    except LookupError:
        raise Http404 from None
    person, query = person_of(request), tidy(request.GET.urlencode())
    kind(person).rows()  # 404 for who may not know the list
    form = SavedListForm(typed(request))
    save = partial(save_list, by=person, code=code, query=query)
    if attempt(form, lambda: save(**form.cleaned_data)):
        messages.success(request, _("The list is kept. You find it under “Columns and lists”."))
        return redirect(kind.url(query))
    return form_page(
        request,
        form,
        title=_("Keep the list"),
        lead=_("It is kept as it is narrowed, sorted and laid out now. Only you see it."),
        submit_label=_("Keep the list"),
        cancel_url=kind.url(query),
        breadcrumbs=[Crumb(str(kind.title), kind.url()), Crumb(_("Keep the list"))],
    )


@require_POST
def saved_list_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a list the person keeps."""
    person = person_of(request)
    saved = get_object_or_404(SavedList.objects.filter(person=person), pk=pk)
    forget_list(saved, by=person)
    messages.success(request, _("The list “%(name)s” is no longer kept.") % {"name": saved.name})
    return redirect(list_of(saved.code).url())
