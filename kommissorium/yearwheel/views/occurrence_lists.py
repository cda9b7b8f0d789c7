"""The occurrences of one duty, several done at once; and asking somebody to do one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.forms import let_add
from kommissorium.core.ui.navigation import paged
from kommissorium.core.ui.responses import page
from kommissorium.yearwheel.actions import (
    accept_delegation,
    delegate,
    finish_many,
    hand_back,
    move_many,
    skip_many,
    take_back,
)
from kommissorium.yearwheel.actions.evidence import ended_already
from kommissorium.yearwheel.forms import (
    BecauseForm,
    DelegationForm,
    FinishManyForm,
    MoveForm,
    TimesFilter,
)
from kommissorium.yearwheel.models import Delegation, Duty, Occurrence
from kommissorium.yearwheel.views import crumbs, occurrence_for, wheel_committee, year_url
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


@require_http_methods(["GET", "POST"])
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to do it."""
    found, person = occurrence_for(request, pk), person_of(request)
    if not found.can_be_arranged_by(person):
        raise PermissionDenied
    if request.method == "GET" and not found.is_open:
        raise Refused(ended_already(found))
    form = let_add(DelegationForm(typed(request)), person)
    if attempt(form, lambda: delegate(found, by=person, **form.cleaned_data)):
        to = form.cleaned_data["to"]
        messages.success(request, _("%(name)s is asked.") % {"name": to.name})
        if not to.has_login:
            text = _("%(name)s cannot sign in and answer. Tell them yourself.")
            messages.warning(request, text % {"name": to.name})
        return redirect(found)
    return form_page(
        request,
        form,
        title=_("Let somebody else do it"),
        lead=found.title,
        submit_label=_("Ask"),
        sends_mail=True,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.duty.committee, found, _("Let somebody else do it")),
    )


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes."""
    found = _delegation(request, pk)
    accept_delegation(found, by=person_of(request))
    messages.success(request, _("It is with you now."))
    return redirect(found.occurrence)


@require_http_methods(["GET", "POST"])
def handing_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, or hand back what was accepted, with a reason."""
    found, person = _delegation(request, pk), person_of(request)
    if not found.can_be_answered_by(person):
        raise PermissionDenied
    if request.method == "GET" and found.ended_at:
        raise Refused(_("The request has been answered or taken back meanwhile."))
    form = BecauseForm(typed(request))
    if attempt(form, lambda: hand_back(found, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("It is handed back."))
        still = Occurrence.objects.visible_to(person).filter(pk=found.occurrence_id).exists()
        return redirect(found.occurrence if still else "yearwheel")
    occurrence = found.occurrence
    return form_page(
        request,
        form,
        title=_("Hand it back"),
        lead=occurrence.title,
        submit_label=_("Hand it back"),
        cancel_url=occurrence.get_absolute_url(),
        breadcrumbs=crumbs(occurrence.duty.committee, occurrence, _("Hand it back")),
    )


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back from whoever was asked."""
    found = _delegation(request, pk)
    take_back(found, by=person_of(request))
    messages.success(request, _("It is withdrawn."))
    return redirect(found.occurrence)


def _delegation(request: HttpRequest, pk: int) -> Delegation:
    visible = Occurrence.objects.visible_to(person_of(request)).values("pk")
    rows = Delegation.objects.filter(occurrence__in=visible)
    return get_object_or_404(
        rows.select_related("occurrence__duty__committee", "to_person", "from_person"), pk=pk
    )
