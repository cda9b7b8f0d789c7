"""The history of a thing that is told along with what it belongs to: an item, a risk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.history import entries, history_of
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import page
from kommissorium.secretariat.searching import kinds


@require_GET
def thing_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what the chain tells of a thing, the newest first, to whoever may see the thing."""
    one = kinds().get(kind)
    if one is None:
        raise Http404
    person = person_of(request)
    row = get_object_or_404(one.shown(one.visible_to(person)), pk=pk)
    events = one.history(row)
    if events is None:
        raise Http404
    shown = paged(Event.objects.filter(events).order_by("-seq"), request)
    title = f"{one.number(row)} {one.title(row)}".strip()
    listed, labels = list(shown), {row.pk: one.title(row)}
    is_kept = hasattr(row, "PAST")
    context = {
        "page": shown,
        "entries": history_of(row, listed, person, labels) if is_kept else entries(listed, labels),
        "lead": title,
        "breadcrumbs": path_of(Crumb(title, one.url(row)), _("History")),
    }
    return page(request, "registers/history.html", context)
