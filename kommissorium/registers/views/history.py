"""Page of the history of a register's things."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kommissorium.accounts.history import entries, history_of
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import page


def history_page(
    request: HttpRequest,
    events: QuerySet[Event],
    path: Sequence[Crumb],
    lead: str = "",
    *,
    row: Model | None = None,
) -> HttpResponse:
    """Show events, the newest first; `path` leads to what they are about.

    `row` is the thing they tell of, where it is one whose versions are kept.
    """
    shown = paged(events.order_by("-seq"), request)
    listed = list(shown)
    context = {
        "page": shown,
        "entries": history_of(row, listed, person_of(request)) if row else entries(listed),
        "lead": lead,
        "breadcrumbs": path_of(*path, _("History")),
    }
    return page(request, "registers/history.html", context)
