"""Page of the history of the scales, the threats, the level and the limits."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.assets.views.common import reader_of_all
from kommissorium.core.evidence.models import Event
from kommissorium.registers.views.history import history_page
from kommissorium.risks.asking import crumbs

KEPT = ("risks.scale", "risks.threat", "risks.risklevel")


@require_GET
def risk_rules_history(request: HttpRequest) -> HttpResponse:
    """Show what happened to what risks are assessed by, the newest first."""
    person = reader_of_all(request)
    about = Q(object_kind__in=KEPT) & Q(act__startswith="risks.") | Q(act="risks.limits_set")
    found = Event.objects.filter(about)
    if not person.is_coordinator:
        found = found.exclude(act__in=["risks.level_drafted", "risks.level_changed"])
    lead = _(
        "What happened to the scales, the threats, the risk level and the limits, the newest first."
    )
    return history_page(request, found, crumbs(), lead)
