"""The list of systems, data sets and physical archives, and the lists people keep of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.requests import person_of
from kommissorium.assets.actions.filters import forget_filter, save_filter, tidy
from kommissorium.assets.columns import COLUMNS, Layout, chosen, label
from kommissorium.assets.drawing import Cells
from kommissorium.assets.exporting import EVERYTHING, list_workbook
from kommissorium.assets.forms.listing import SavedFilterForm
from kommissorium.assets.json_export import registers_json
from kommissorium.assets.listing import SORTS, Listed, in_danish_order, listed
from kommissorium.assets.models import Area, Asset, Kind, SavedFilter, reads_all
from kommissorium.assets.rows import rows_of
from kommissorium.assets.views.common import crumbs
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.ui.downloads import download
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.responses import page

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KINDS: Final[Mapping[str, StrPromise]] = {
    Kind.SYSTEM: gettext_lazy("IT systems"),
    Kind.DATA_SET: gettext_lazy("Data sets"),
    Kind.ARCHIVE: gettext_lazy("Physical archives"),
}

type Line = tuple[Asset, SafeString]


@require_GET
def assets(request: HttpRequest) -> HttpResponse:
    """Show the assets the person may read, as the address narrows, sorts and lays them out."""
    person = person_of(request)
    found = listed(request, person)
    layout = Layout(chosen(request.GET.getlist("columns"), found.kind))
    related = ["supplier"] if "supplier" in layout.codes else []
    shown = found.page(request.GET.get("page"), *related)
    context = {
        "person": person,
        "found": found,
        "narrowed": found.narrowed,
        "page": shown,
        "name_label": label("name"),
        "headings": [(word, code if code in SORTS else "") for code, word in layout.labels.items()],
        "rows": _rows(shown, layout, found.narrowed.areas),
        "kinds": _kinds(found),
        "columns": [(code, label(code), code in layout.codes) for code in COLUMNS],
        "columns_query": ",".join(layout.codes) if "columns" in request.GET else "",
        "reads_all": reads_all(person),
        **_adding(person, found.kind),
        **_kept(request),
    }
    return page(request, "assets/assets.html", context)


@require_GET
def assets_file(request: HttpRequest) -> HttpResponse:
    """Hand out the list as it is narrowed, sorted and laid out; ?all=1 with all there is."""
    person = person_of(request)
    found = listed(request, person)
    wishes = request.GET.getlist("columns")
    codes = EVERYTHING if request.GET.get("all") else chosen(wishes, found.kind)
    data = list_workbook(found.assets, codes, _title(found.kind))
    return download(data, f"{_('registers')}-{timezone.localdate()}.xlsx", MEDIA_TYPE)


@require_GET
def assets_json(request: HttpRequest) -> HttpResponse:
    """Hand out all of the registers the person may read, for other programs."""
    data = registers_json(person_of(request))
    return download(data, f"{_('registers')}-{timezone.localdate()}.json", "application/json")


@require_http_methods(["GET", "POST"])
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keep the list that the address asks for under a name."""
    person, query = person_of(request), tidy(request.GET.urlencode())
    form = SavedFilterForm(typed(request))
    if attempt(form, lambda: save_filter(by=person, query=query, **form.cleaned_data)):
        messages.success(request, _("The list is kept. You find it above the table."))
        return redirect(_address(query))
    return form_page(
        request,
        form,
        title=_("Keep the list"),
        lead=_("It is kept as it is narrowed, sorted and laid out now. Only you see it."),
        submit_label=_("Keep the list"),
        cancel_url=_address(query),
        breadcrumbs=crumbs(_("Keep the list")),
    )


@require_POST
def filter_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a list the person keeps."""
    person = person_of(request)
    saved = get_object_or_404(SavedFilter.objects.filter(person=person), pk=pk)
    forget_filter(saved, by=person)
    messages.success(request, _("The list “%(name)s” is kept no more.") % {"name": saved.name})
    return redirect("assets")


def _address(query: str) -> str:
    return f"{reverse('assets')}?{query}" if query else reverse("assets")


def _rows(assets: Iterable[Asset], layout: Layout, areas: Mapping[int, Area]) -> list[Line]:
    """Return the assets of a page, each with its cells (two queries)."""
    shown = list(assets)
    for asset in shown:
        asset.area = areas.get(asset.area_id or 0)  # known already: no need to fetch it
    cells = Cells(layout)
    return [(row.asset, cells.drawn(row)) for row in rows_of(shown, timezone.localdate())]


def _kinds(found: Listed) -> list[tuple[str, str, int]]:
    """Return the tabs: the kind in the address, its name, and how many there are."""
    tabs = [("", _("All"), found.total)]
    return tabs + [(one, str(KINDS[one]), found.numbers.get(one, 0)) for one in Kind.values]


def _adding(person: Person, kind: str) -> dict[str, Any]:
    """Return the kinds that can be added from here, with the words of the buttons."""
    words = {
        Kind.SYSTEM: _("New system"),
        Kind.DATA_SET: _("New data set"),
        Kind.ARCHIVE: _("New archive"),
    }
    may_add = Asset.can_be_added_by(person)
    offered = [(one, word) for one, word in words.items() if kind in ("", one)]
    return {"may_add": may_add, "adding": offered if may_add else []}


def _title(kind: str) -> str:
    return str(KINDS[kind]) if kind else _("Systems, data and archives")


def _kept(request: HttpRequest) -> dict[str, Any]:
    """Return what the address asks for, and the lists the person keeps (one query).

    Of each its address, and whether it is the one shown now.
    """
    query = tidy(request.GET.urlencode())
    own = in_danish_order(SavedFilter.objects.filter(person=person_of(request)).order_by())
    return {
        "query": query,
        "kept": [one for one in parse_qsl(query) if one[0] != "columns"],
        "saved": [(row, _address(row.query), row.query == query) for row in own],
        "kept_already": any(row.query == query for row in own),
    }
