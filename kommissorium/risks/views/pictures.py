"""The overview of the risks, the risks by area, and how they have developed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.assets.views.common import reader_of_all
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.responses import download, page
from kommissorium.registers.lists.columns import Column
from kommissorium.registers.lists.workbook import workbook_of
from kommissorium.registers.status import day_asked
from kommissorium.risks.asking import crumbs
from kommissorium.risks.cell_counts import levels_by_day
from kommissorium.risks.forms.assessments import ThenForm
from kommissorium.risks.levels import AFTER, BEFORE
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import Scenario
from kommissorium.risks.numbers import by_area, development, development_days
from kommissorium.risks.overview import Overview, overview_of, overview_with, top_of
from kommissorium.risks.past_day import past_of
from kommissorium.risks.picture_files import (
    areas_sheet,
    development_sheet,
    overview_sheets,
    picture_pdf,
)
from kommissorium.risks.risk_list import RiskList


@require_GET
def risks(request: HttpRequest) -> HttpResponse:
    """Show what the risks come to in words, the matrices, and the greatest risks.

    With ?on= it is what is known of them on a past day.
    """
    person = person_of(request)
    if wanted := day_asked(request):
        return _past(request, wanted)
    form = _then_form(request)
    overview = overview_of(person, _then_of(form))
    context = {
        "person": person,
        "reads_whole_register": reads_whole_register(person),
        "overview": overview,
        "form": form,
        "today": timezone.localdate(),
        **_matrices(overview),
        **_top(request, overview),
    }
    return page(request, "risks/risks.html", context)


@require_GET
def risks_overview_file(request: HttpRequest) -> FileResponse:
    """Hand out the matrices as a workbook."""
    overview = overview_of(person_of(request), _then_of(_then_form(request)))
    return workbook_of(overview_sheets(overview), title=_("Overview of risks"), name=_("risks"))


@require_GET
def risks_print(request: HttpRequest) -> HttpResponse:
    """Hand out the overview as a document of two pages."""
    person, scales = reader_of_all(request), ScaleCache.known()
    levels = levels_by_day(development_days(timezone.localdate()), scales.all)
    overview = overview_with(person, scales, levels[-1])
    top, _columns, rows = _greatest(person, overview)
    top.prepare(rows)
    now = timezone.now()
    data = picture_pdf(overview, rows, top, development(scales, levels), made_at=now)
    return download(data, f"{timezone.localdate()}-{_('risks')}.pdf", "application/pdf")


@require_GET
def risk_areas(request: HttpRequest) -> HttpResponse:
    """Show the risks of each area in numbers."""
    person, scales = reader_of_all(request), ScaleCache.known()
    context = {
        "person": person,
        "rows": by_area(person, scales),
        "bands": list(reversed(scales.drawn.band_list)) if scales.drawn else [],
        "breadcrumbs": crumbs(_("By area")),
    }
    return page(request, "risks/risk_areas.html", context)


@require_GET
def risk_areas_file(request: HttpRequest) -> FileResponse:
    """Hand out the risks of each area as a workbook."""
    person, scales = reader_of_all(request), ScaleCache.known()
    sheet = areas_sheet(by_area(person, scales), scales)
    return workbook_of([sheet], title=_("Risks by area"), name=_("risks-by-area"))


@require_GET
def risk_development(request: HttpRequest) -> HttpResponse:
    """Show how the risks have developed from quarter to quarter."""
    person, scales = reader_of_all(request), ScaleCache.known()
    found = development(scales)
    context = {
        "person": person,
        "found": found,
        "rows": list(reversed(found.rows)),
        "bands": list(reversed(scales.drawn.band_list)) if scales.drawn else [],
        "breadcrumbs": crumbs(_("Development")),
    }
    return page(request, "risks/risk_development.html", context)


@require_GET
def risk_development_file(request: HttpRequest) -> FileResponse:
    """Hand out the development as a workbook."""
    reader_of_all(request)
    scales = ScaleCache.known()
    sheet = development_sheet(development(scales), scales)
    return workbook_of([sheet], title=_("Development of the risks"), name=_("risk-development"))


def _past(request: HttpRequest, wanted: date) -> HttpResponse:
    person = person_of(request)
    context = {
        "person": person,
        "wanted": wanted,
        "here": reverse("risks"),
        "past": past_of(person, wanted),
        "breadcrumbs": crumbs(day(wanted)),
    }
    return page(request, "risks/risks_past.html", context)


def _then_form(request: HttpRequest) -> ThenForm:
    return ThenForm(request.GET if "then" in request.GET else None)


def _then_of(form: ThenForm) -> Any:
    return form.cleaned_data["then"] if form.is_valid() else None


def _matrices(overview: Overview) -> dict[str, Any]:
    return {
        "before": overview.matrix(BEFORE),
        "after": overview.matrix(AFTER),
        "then_matrix": overview.matrix(BEFORE, then=True) if overview.then else None,
        "unsaid": overview.figures.unscored(AFTER),
        "unscored": overview.figures.unscored(BEFORE),
        "undrawn": overview.scales.undrawn(overview.figures),
    }


def _top(request: HttpRequest, overview: Overview) -> dict[str, Any]:
    """Return the greatest risks, each with its cells (two queries)."""
    top, columns, rows = _greatest(person_of(request), overview)
    return {"headings": [one.label for one in columns], "top": top.drawn(rows, columns)}


def _greatest(person: Person, overview: Overview) -> tuple[RiskList, list[Column], list[Scenario]]:
    """Return the greatest risks, and the list whose columns say of them what the overview shows."""
    found = RiskList(person)
    found.scales, found.levels = overview.scales, overview.levels
    columns = found.named(RiskList.usual)
    return found, columns, list(found.fetched(top_of(person), columns))
