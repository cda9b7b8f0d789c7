"""A thing as it was on a day, field by field, beside what it is today."""

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

from kommissorium.accounts.past import PastOf
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import invalid, page
from kommissorium.secretariat.searching import kinds

SHOWN_DAYS = 40


class DayForm(PlainForm):
    """The day that is asked for."""

    on = forms.DateField(label=gettext_lazy("Day"))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
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
