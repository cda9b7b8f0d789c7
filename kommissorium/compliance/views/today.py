"""Today's fulfilment of the mandate, in the few lines that other pages show of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.views.committee import followed
from kommissorium.compliance.views.fulfilment import ClauseRow
from kommissorium.core.ui.responses import page
from kommissorium.registers.findings import State

MOST = 3  # clauses that are named


@require_GET
def compliance_today(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many clauses are fulfilled and which are not: the overview loads it separately."""
    committee, today = followed(request, pk).committee, timezone.localdate()
    fulfilment = fulfilment_on(history_of(committee, today), today)
    unmet = fulfilment.in_state(State.NOT_FULFILLED)
    context = {
        "committee": committee,
        "fulfilled": fulfilment.counts[State.FULFILLED],
        "rows": [ClauseRow(one) for one in fulfilment.findings],
        "unmet": [ClauseRow(one) for one in unmet[:MOST]],
        "more": max(len(unmet) - MOST, 0),
    }
    return page(request, "compliance/today.html", context)
