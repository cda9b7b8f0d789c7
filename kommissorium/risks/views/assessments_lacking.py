"""Page of the assets that nobody has assessed lately."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.core.ui.navigation import paged
from kommissorium.core.ui.responses import page
from kommissorium.risks.assessment_list import lacking
from kommissorium.risks.fetching import crumbs, risk_reader_of
from kommissorium.risks.models import Assessment


@require_GET
def assessments_lacking(request: HttpRequest) -> HttpResponse:
    """Show the assets that were never assessed, or over a year ago."""
    person = risk_reader_of(request)
    shown = paged(lacking(person, timezone.localdate()), request)
    may_all = Assessment.can_be_made_by(person)
    own = set() if may_all else _own(shown.object_list, person)
    begun = _begun(shown.object_list)
    context = {
        "person": person,
        "page": shown,
        "rows": [(one, may_all or one.pk in own, begun.get(one.pk)) for one in shown],
        "reads_whole_register": reads_whole_register(person),
        "breadcrumbs": crumbs(_("Not assessed lately")),
    }
    return page(request, "risks/assessments_lacking.html", context)


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
