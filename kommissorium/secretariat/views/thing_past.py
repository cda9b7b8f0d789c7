"""The history of a thing, and the thing as it was on a day, beside what it is today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from kommissorium.accounts.history import entries, history_of
from kommissorium.accounts.past import PastOf
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.navigation import Crumb, paged, path_of
from kommissorium.core.ui.responses import invalid, page
from kommissorium.secretariat.searching import kinds


@require_GET
def thing_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what the chain tells of a thing, the newest first, to whoever reads all of the thing,
    what has taken its place among them."""
    one = kinds().get(kind)
    if one is None:
        raise Http404
    person = person_of(request)
    row = get_object_or_404(one.shown(one.whole_to(person)), pk=pk)
    events = one.history(row)
    if events is None or not one.opens_past(row, person):
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


SHOWN_DAYS = 40


class DayForm(PlainForm):
    """The day that is asked for."""

    on = forms.DateField(label=gettext_lazy("Day"))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day has not come yet. Choose today or an earlier day."))
        return day


@require_GET
def thing_past(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what a thing was on a day, to whoever may see the thing today.

    Without a day: before it was changed last.
    """
    one, person = kinds().get(kind), person_of(request)
    if one is None or not hasattr(one.model, "PAST"):
        raise Http404
    row = get_object_or_404(one.shown(one.past_of(person)), pk=pk)
    if not one.opens_past(row, person):
        raise Http404
    past, title = PastOf(row, person), f"{one.number(row)} {one.title(row)}".strip()
    form = DayForm(
        request.GET if "on" in request.GET else {"on": past.differed_last or timezone.localdate()}
    )
    context: dict[str, Any] = {
        "form": form,
        "lead": title,
        "days": past.days[:SHOWN_DAYS],
        "more_days": len(past.days) > SHOWN_DAYS,
        "breadcrumbs": path_of(Crumb(title, one.url(row)), _("As it was on a day")),
    }
    if not form.is_valid():
        return invalid(request, "secretariat/thing_past.html", context)
    return page(
        request, "secretariat/thing_past.html", context | _told(past, form.cleaned_data["on"])
    )


def _told(past: PastOf, day: date) -> dict[str, Any]:
    """Return what it was when the day ended, or why that is not shown."""
    version, first = past.on(day), next(iter(past.versions), None)
    told: dict[str, Any] = {"day": day, "version": version}
    if version is None:
        return told | {"known_from": first.day if first else None, "is_made": past.is_whole}
    if not version.is_open:
        return told | {"is_closed": True}
    lines = past.beside_today(version)
    return told | {
        "changed": [line for line in lines if line.differs],
        "same": [line for line in lines if not line.differs],
    }
