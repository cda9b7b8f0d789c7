"""The list of assessments, and of what nobody has assessed lately."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, reads_all
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.ui.listing import paged
from kommissorium.core.ui.responses import page
from kommissorium.risks.assessment_listing import (
    areas_offered,
    lacking,
    narrow,
    ordered,
    rows_of,
)
from kommissorium.risks.forms.assessments import AssessmentFilter
from kommissorium.risks.models import Assessment
from kommissorium.risks.views.common import crumbs as risk_crumbs
from kommissorium.risks.views.common import workbook_of
from kommissorium.risks.views.fetching import begins_any, crumbs, reader_of

MOST_IN_A_FILE = 20_000


@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """Show the assessments the person may read, narrowed and sorted as the address asks."""
    person = reader_of(request)
    narrowed, found = _found(request, person)
    shown = paged(found.select_related("scale", "assessor", "area"), request)
    rows = rows_of(shown)
    context = {
        "person": person,
        "narrowed": narrowed,
        "page": shown,
        "rows": rows,
        "asset": _asset(narrowed, person),
        "may_begin": begins_any(person),
        "today": timezone.localdate(),
        "breadcrumbs": risk_crumbs(_("Risk assessments")),
    }
    return page(request, "risks/assessments.html", context)


@require_GET
def assessments_file(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a workbook."""
    _narrowed, found = _found(request, reader_of(request))
    rows = rows_of(found.select_related("scale", "assessor", "area")[:MOST_IN_A_FILE])
    columns = [
        Column(_("Title")),
        Column(_("What is assessed")),
        Column(_("State")),
        Column(_("Assessed on"), kind="date"),
        Column(_("Assessed by")),
        Column(_("Risks"), kind="number"),
        Column(_("Greatest risk")),
        Column(_("After treatment")),
        Column(_("Scale")),
        Column(_("Link"), kind="link"),
    ]
    lines = [
        (
            row.assessment.title,
            row.assessment.get_scope_display(),
            row.assessment.get_state_display(),
            row.assessment.assessed_on,
            row.assessment.assessor.name,
            row.number,
            row.worst.name if row.worst else "",
            row.left.name if row.left else "",
            str(row.assessment.scale),
            f"{settings.SITE_URL}{row.assessment.get_absolute_url()}",
        )
        for row in rows
    ]
    title = _("Risk assessments")
    return workbook_of([Sheet(title, columns, lines)], title=title, name=_("risk-assessments"))


@require_GET
def assessments_lacking(request: HttpRequest) -> HttpResponse:
    """Show the assets that were never assessed, or over a year ago."""
    person = reader_of(request)
    shown = paged(lacking(person, timezone.localdate()), request)
    may_all = Assessment.can_be_made_by(person)
    own = set() if may_all else _own(shown.object_list, person)
    begun = _begun(shown.object_list)
    context = {
        "person": person,
        "page": shown,
        "rows": [(one, may_all or one.pk in own, begun.get(one.pk)) for one in shown],
        "reads_all": reads_all(person),
        "breadcrumbs": crumbs(_("Not assessed lately")),
    }
    return page(request, "risks/assessments_lacking.html", context)


def _found(request: HttpRequest, person: Person) -> tuple[AssessmentFilter, QuerySet[Assessment]]:
    narrowed = AssessmentFilter(request.GET, areas=areas_offered())
    seen = Assessment.objects.visible_to(person).values("pk")
    all_of = (
        Assessment.objects.all() if reads_all(person) else Assessment.objects.filter(pk__in=seen)
    )
    found = narrow(all_of, narrowed, person, timezone.localdate())
    return narrowed, ordered(found, request.GET.get("sort", ""))


def _asset(narrowed: AssessmentFilter, person: Person) -> Asset | None:
    """Return the asset the list is about, if the person may read it."""
    key = narrowed.wish("asset")
    return Asset.objects.visible_to(person).filter(pk=key).first() if key else None


def _begun(assets: Any) -> dict[int, Assessment]:
    """Return the unfinished assessment of each asset of its own, by the asset's key (one query).

    Whoever reads an asset reads the assessments of it.
    """
    unfinished = Assessment.objects.filter(
        scope=Assessment.Scope.ASSET,
        state__in=[Assessment.State.DRAFT, Assessment.State.PROPOSED],
        assets__in=[one.pk for one in assets],
    )
    found: Any = unfinished.annotate(about=F("assets"))
    return {one.about: one for one in found}


def _own(assets: Any, person: Person) -> set[int]:
    rows = Asset.objects.owned_by(person).filter(pk__in=[one.pk for one in assets])
    return set(rows.values_list("pk", flat=True))
