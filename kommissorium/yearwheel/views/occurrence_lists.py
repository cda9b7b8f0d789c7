"""The occurrences of one duty, and finishing, skipping or moving several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.pagination import paged
from kommissorium.core.ui.responses import page
from kommissorium.yearwheel.actions import finish_many, move_many, skip_many
from kommissorium.yearwheel.forms import BecauseForm, FinishManyForm, MoveForm, TimesFilter
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.views import crumbs, wheel_committee, year_url
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


MOST, MOST_DIGITS = 200, 18
ACTS: dict[str, tuple[type[forms.Form], Callable[..., int]]] = {
    "completion": (FinishManyForm, finish_many),
    "skipping": (BecauseForm, skip_many),
    "move": (MoveForm, move_many),
}


@require_http_methods(["GET", "POST"])
def several(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Finish, skip or move what was chosen: all of it, or none and why."""
    if act not in ACTS:
        raise Http404
    committee, person = wheel_committee(request, pk), person_of(request)
    chosen = _chosen(request, pk, person)
    back = year_url(committee, chosen[0].due if chosen else None)
    if not chosen:
        raise Refused(_("Choose at least one."))
    form_class, act_on = ACTS[act]
    form = form_class(typed(request))
    if attempt(form, lambda: act_on(chosen, by=person, **form.cleaned_data)):
        messages.success(request, _said(act, len(chosen)))
        return redirect(back)
    return form_page(
        request,
        form,
        "yearwheel/several.html",
        chosen=chosen,
        cancel_url=back,
        breadcrumbs=crumbs(committee, _title(act)),
        title=_title(act),
        submit_label=_title(act),
    )


def _chosen(request: HttpRequest, pk: int, person: Person) -> Sequence[Occurrence]:
    wanted = request.POST if request.method == "POST" else request.GET
    keys = [
        int(key)
        for key in wanted.getlist("occurrence")
        if key.isdecimal() and len(key) < MOST_DIGITS
    ][:MOST]
    visible: Any = Occurrence.objects.visible_to(person).in_order(keys)
    rows = visible.filter(duty__committee=pk).select_related(
        "duty__committee", "duty__responsible_person"
    )
    return list(rows)


def _title(act: str) -> str:
    return {
        "completion": _("Mark as done"),
        "skipping": _("Skip them"),
        "move": _("Move them"),
    }[act]


def _said(act: str, number: int) -> str:
    text = {
        "completion": ngettext("%(number)d is done.", "%(number)d are done.", number),
        "skipping": ngettext("%(number)d is skipped.", "%(number)d are skipped.", number),
        "move": ngettext("%(number)d is moved.", "%(number)d are moved.", number),
    }[act]
    return text % {"number": number}
