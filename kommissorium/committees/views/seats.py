"""The seats of a committee: add, rename and end them, and who takes and leaves them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of, step_up
from kommissorium.accounts.views.second_yes import answer_page
from kommissorium.committees.actions.seat_nominations import (
    accept_seat_nomination,
    refuse_seat_nomination,
)
from kommissorium.committees.actions.seats import undo_holding
from kommissorium.committees.forms import (
    EndSeatForm,
    LeaveSeatForm,
    RenameSeatForm,
    SeatForm,
    SeatHolderForm,
)
from kommissorium.committees.models import Committee, Holding, Seat
from kommissorium.committees.seat_holders import nomination_in_words
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.committees.views.common import arranged_committee, crumbs
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page


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
        submit_label=_("Add"),
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


@require_http_methods(["GET", "HEAD", "POST"])
def seat_take(request: HttpRequest, pk: int, seat: int) -> HttpResponseBase:
    return _take(request, *arranged_seat(request, pk, seat))


@step_up
def _take(request: HttpRequest, committee: Committee, shown: Seat) -> HttpResponse:
    deputy = Holding.Capacity.DEPUTY
    # The address says which of the two is asked for, on the way back as on the way in.
    capacity = deputy if request.GET.get("capacity") == deputy else Holding.Capacity.HOLDER
    form = SeatHolderForm(typed(request), by=person_of(request), initial={"capacity": capacity})
    if taken := attempt(form, lambda: form.save(shown)):
        messages.success(request, _taken(taken.value))
        return redirect(committee)
    title = _("Choose a deputy") if capacity == deputy else _("Fill a seat")
    return form_page(
        request,
        form,
        "committees/seat_take.html",
        seat=shown,
        title=title,
        capacity=capacity,
        present=_present(shown, capacity),
        cancel_url=committee.get_absolute_url(),
        breadcrumbs=crumbs(committee, title),
    )


def _taken(holding: Holding | SeatNomination) -> str:
    if isinstance(holding, SeatNomination):
        return _("The seat waits for a second person's yes: %(name)s, %(seat)s.") % {
            "name": holding.person.name,
            "seat": holding.seat,
        }
    values = {"name": holding.person.name, "seat": holding.seat, "date": day(holding.from_date)}
    if holding.capacity == Holding.Capacity.DEPUTY:
        return _("%(name)s is deputy for %(seat)s from %(date)s.") % values
    return _("%(name)s holds the seat %(seat)s from %(date)s.") % values


def _present(seat: Seat, capacity: str) -> Holding | None:
    """Return the newest holding without an end: whoever gives the seat up to the next."""
    lasting = seat.holdings.filter(capacity=capacity, to_date=None)
    return lasting.select_related("person").first()


@require_http_methods(["GET", "HEAD", "POST"])
def seat_leave(request: HttpRequest, pk: int, seat: int, holding: int) -> HttpResponseBase:
    return _leave(request, *_arranged_holding(request, pk, seat, holding))


@step_up
def _leave(request: HttpRequest, committee: Committee, shown: Seat, held: Holding) -> HttpResponse:
    form = LeaveSeatForm(typed(request))
    if attempt(form, lambda: form.save(held, by=person_of(request))):
        messages.success(request, _("%(name)s leaves the seat.") % {"name": held.person.name})
        return redirect(committee)
    return form_page(
        request,
        form,
        title=_("Leave a seat"),
        lead=_(
            "%(name)s leaves the seat %(seat)s. The seat is vacant from the day after, or at once."
        )
        % {"name": held.person.name, "seat": shown},
        submit_label=_("Leave the seat"),
        cancel_url=committee.get_absolute_url(),
        breadcrumbs=crumbs(committee, _("Leave a seat")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_undo(request: HttpRequest, pk: int, seat: int, holding: int) -> HttpResponseBase:
    return _undo(request, *_arranged_holding(request, pk, seat, holding))


@step_up
def _undo(request: HttpRequest, committee: Committee, shown: Seat, held: Holding) -> HttpResponse:
    if request.method == "POST":
        undo_holding(held, by=person_of(request))
        messages.success(
            request, _("It is taken back that %(name)s held the seat.") % {"name": held.person.name}
        )
        return redirect("seat_history", committee.pk)
    context: dict[str, Any] = {
        "title": _("Take back a mistake"),
        "text": _(
            "Was it noted by mistake that %(name)s has the seat %(seat)s from %(date)s? Then take "
            "it back. Whoever left the seat for it must be given it anew. If %(name)s really "
            "sat there, enter the last day instead."
        )
        % {"name": held.person.name, "seat": shown, "date": day(held.from_date)},
        "submit_label": _("Take it back"),
        "cancel_url": committee.get_absolute_url(),
        "danger": True,
        "breadcrumbs": crumbs(committee, _("Take back a mistake")),
    }
    return page(request, "ui/confirm.html", context)


def _arranged_holding(
    request: HttpRequest, pk: int, seat: int, holding: int
) -> tuple[Committee, Seat, Holding]:
    committee, shown = arranged_seat(request, pk, seat)
    holdings = shown.holdings.select_related("person", "seat__committee")
    return committee, shown, get_object_or_404(holdings, pk=holding)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_nomination(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer to a seat that waits. 404 to those whom it does not concern."""
    rows = SeatNomination.objects.select_related("person", "by", "seat__committee")
    row = get_object_or_404(rows, pk=pk)
    if not row.can_be_refused_by(person_of(request)):
        raise Http404
    return _answer(request, row)


@step_up
def _answer(request: HttpRequest, row: SeatNomination) -> HttpResponse:
    by, committee = person_of(request), row.seat.committee
    follows = Committee.objects.visible_to(by).filter(pk=committee.pk).exists()
    back = committee.get_absolute_url() if follows else reverse("overview")

    def yes() -> str:
        accept_seat_nomination(row, by=by)
        return _("%(name)s has the seat: %(seat)s.") % {"name": row.person.name, "seat": row.seat}

    return answer_page(
        request,
        row,
        yes=yes,
        no=lambda: refuse_seat_nomination(row, by=by),
        back=back,
        title=_("A seat waits for a second yes"),
        text=nomination_in_words(row),
        breadcrumbs=[Crumb(committee.name, back), Crumb(_("Second yes"))],
    )
