"""Say yes or no to a seat that waits for a second person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.reauthentication import step_up
from kommissorium.accounts.signed_in import person_of
from kommissorium.accounts.views.second_yes import answer_page
from kommissorium.committees.actions.seat_nominations import (
    accept_seat_nomination,
    refuse_seat_nomination,
)
from kommissorium.committees.models import Committee
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.committees.seats_waiting import nomination_in_words
from kommissorium.core.ui.navigation import Crumb


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
