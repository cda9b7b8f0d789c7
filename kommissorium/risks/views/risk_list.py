"""The list of risks, and the list as a workbook."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.requests import person_of
from kommissorium.assets.models import reads_all
from kommissorium.core.ui.responses import page
from kommissorium.core.ui.wording import day
from kommissorium.risks.columns import LABELS, Layout, chosen
from kommissorium.risks.counting import accepted_of
from kommissorium.risks.exporting import list_sheet
from kommissorium.risks.listing import BY_RISK, SORTS, Listed, listed
from kommissorium.risks.moving import DOWN, NEW, UP
from kommissorium.risks.views.common import crumbs, workbook_of


@require_GET
def risk_list(request: HttpRequest) -> HttpResponse:
    """Show the risks the person may read, as the address narrows, sorts and lays them out."""
    person = person_of(request)
    found = listed(request, person)
    codes = chosen(request.GET.getlist("columns"))
    shown = found.page(request.GET.get("page"), codes)
    rows = list(shown)
    layout = Layout(codes, found.scales, found.levels, accepted_of(rows, person))
    context = {
        "person": person,
        "reads_all": reads_all(person),
        "found": found,
        "narrowed": found.narrowed,
        "page": shown,
        "default_sort": BY_RISK,
        "headings": [(word, code if code in SORTS else "") for code, word in layout.labels.items()],
        "rows": [(row, layout.drawn(row)) for row in rows],
        "moved": _moved(found),
        **_laid_out(request, codes),
    }
    return page(request, "risks/risk_list.html", context)


@require_GET
def risks_file(request: HttpRequest) -> HttpResponse:
    """Hand out the list as it is narrowed, sorted and laid out; ?all=1 with every column."""
    person: Person = person_of(request)
    found = listed(request, person)
    codes = list(LABELS) if request.GET.get("all") else chosen(request.GET.getlist("columns"))
    return workbook_of([list_sheet(found, codes)], title=_("Risks"), name=_("risks"))


def _laid_out(request: HttpRequest, codes: list[str]) -> dict[str, Any]:
    query = request.GET.copy()
    for name in ("page", "all"):
        query.pop(name, None)
    text = query.urlencode()
    return {
        "columns": [(code, str(word), code in codes) for code, word in LABELS.items()],
        "columns_query": ",".join(codes) if "columns" in request.GET else "",
        "kept": [one for one in parse_qsl(text) if one[0] != "columns"],
        "query": text,
        "breadcrumbs": crumbs(_("List")),
    }


def _moved(found: Listed) -> str:
    """Return in words which way the risks of the list went, and since when."""
    since = found.narrowed.since_day
    if since is None:
        return ""
    words = {
        NEW: _("New since %(day)s"),
        UP: _("Higher than on %(day)s"),
        DOWN: _("Lower than on %(day)s"),
    }
    return words[found.narrowed.wish("moved")] % {"day": day(since)}
