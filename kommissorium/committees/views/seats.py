"""Add, rename and end the seats of a committee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.reauthentication import step_up
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.forms import EndSeatForm, RenameSeatForm, SeatForm
from kommissorium.committees.models import Committee, Seat
from kommissorium.committees.views.common import arranged_committee, crumbs
from kommissorium.core.ui.form_pages import attempt, form_page, typed


def arranged_seat(request: HttpRequest, pk: int, seat: int) -> tuple[Committee, Seat]:
    """Return a committee the person may change, and a seat of it. Raises as its parts do."""
    committee = arranged_committee(request, pk)
    found: Seat = get_object_or_404(committee.seats.select_related("committee"), pk=seat)
    return committee, found


@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: HttpRequest, pk: int) -> HttpResponse:
    committee = arranged_committee(request, pk)
    form = SeatForm(typed(request))
    if added := attempt(form, lambda: form.save(committee, by=person_of(request))):
        messages.success(request, _("The seat is added: %(seat)s.") % {"seat": added.value})
        return redirect(committee)
    return form_page(
        request,
        form,
        title=_("Add a seat"),
        lead=_("Say what the seat is. Who takes it comes next."),
        submit_label=_("Add the seat"),
        cancel_url=committee.get_absolute_url(),
        breadcrumbs=crumbs(committee, _("Add a seat")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_edit(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    committee, shown = arranged_seat(request, pk, seat)
    form = RenameSeatForm(typed(request), initial={"function": shown.function})
    if attempt(form, lambda: form.save(shown, by=person_of(request))):
        messages.success(request, _("The function of the seat is corrected."))
        return redirect(committee)
    return form_page(
        request,
        form,
        title=_("Correct the function of a seat"),
        lead=_("The seat stays the same, and so does whoever holds it: %(seat)s.")
        % {"seat": shown},
        cancel_url=committee.get_absolute_url(),
        breadcrumbs=crumbs(committee, _("Correct the function of a seat")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: HttpRequest, pk: int, seat: int) -> HttpResponseBase:
    return _end(request, *arranged_seat(request, pk, seat))


@step_up
def _end(request: HttpRequest, committee: Committee, shown: Seat) -> HttpResponse:
    form = EndSeatForm(typed(request))
    if attempt(form, lambda: form.save(shown, by=person_of(request))):
        messages.success(request, _("The seat has an end now: %(seat)s.") % {"seat": shown})
        return redirect(committee)
    return form_page(
        request,
        form,
        title=_("End a seat"),
        lead=_(
            "The seat (%(seat)s) ceases to exist after the date, and whoever holds it leaves it "
            "that day. The history keeps both."
        )
        % {"seat": shown},
        submit_label=_("End the seat"),
        cancel_url=committee.get_absolute_url(),
        breadcrumbs=crumbs(committee, _("End a seat")),
    )
