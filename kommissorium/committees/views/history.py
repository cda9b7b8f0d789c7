"""The history of a committee, its seats and its mandates."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommissorium.accounts.history import entries
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Mandate
from kommissorium.committees.views.common import (
    committee_for,
    crumbs,
)
from kommissorium.core.evidence.models import Event, reference
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import page


@require_safe
def committee_history(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_for(request, pk)
    visible = Mandate.objects.visible_to(person_of(request)).filter(committee=committee)
    keys = [str(key) for key in visible.values_list("pk", flat=True)]
    kind, key = reference(committee)
    about = Q(object_kind=kind, object_id=key)
    if keys:
        about |= Q(object_kind=reference(Mandate(pk=0))[0], object_id__in=keys)
    events = Event.objects.filter(about, act__startswith="committees.").order_by("-seq")
    shown = paged(events, request)
    context = {
        "committee": committee,
        "page": shown,
        "entries": entries(list(shown)),
        "breadcrumbs": crumbs(committee, _("History")),
    }
    return page(request, "committees/committee_history.html", context)
