"""The list of one duty's occurrences, with filters and pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import page
from kommissorium.yearwheel.forms import TimesFilter
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.views import crumbs, year_url
from kommissorium.yearwheel.wheel_entries import state_of


@require_GET
def duty_times(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the times of a duty that the person may read, the first due first."""
    person, today = person_of(request), timezone.localdate()
    own = Occurrence.objects.filter(delegate=person).values("duty")
    readable = Duty.objects.filter(Q(pk__in=Duty.objects.visible_to(person)) | Q(pk__in=own))
    duty: Duty = get_object_or_404(readable.select_related("committee"), pk=pk)
    visible = Occurrence.objects.visible_to(person).filter(duty=duty)
    narrowed = TimesFilter(request.GET, visible)
    found = paged(
        narrowed.of(visible, duty, today).select_related("delegate", "ended_by", "meeting"), request
    )
    context: dict[str, Any] = {
        "duty": duty,
        "rows": [(row, state_of(row, duty, today)) for row in _with_duty(found, duty)],
        "page": found,
        "narrowed": narrowed,
        "month": narrowed.first,
        "may_read_duty": Duty.objects.visible_to(person).filter(pk=pk).exists(),
        "breadcrumbs": crumbs(duty.committee, duty.title),
        "year_url": year_url(duty.committee, narrowed.first or date(today.year, 1, 1)),
    }
    return page(request, "yearwheel/times.html", context)


def _with_duty(rows: Any, duty: Duty) -> list[Occurrence]:
    """Return the rows with their duty at hand, so that each can say its title."""
    found: list[Occurrence] = list(rows)
    for row in found:
        row.duty = duty
    return found
