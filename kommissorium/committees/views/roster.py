"""All seats and their holders, now or on a date, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.forms import DayForm
from kommissorium.committees.models import Committee, Holding, Seat
from kommissorium.committees.seat_holders import roles_ever, seats_ever, seats_on
from kommissorium.committees.views.common import (
    committee_for,
    crumbs,
)
from kommissorium.core.ui.responses import page

# What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@require_safe
def seat_history(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_for(request, pk)
    form = DayForm(request.GET if "on" in request.GET else None)
    day = form.day
    context = {
        "committee": committee,
        "form": form,
        "day": day,
        "rows": seats_on(committee, day) if day else [],
        "seats": [] if day else seats_ever(committee),
        "roles": [] if day else roles_ever(),
        "today": timezone.localdate(),
        "can_arrange": committee.can_be_arranged_by(person_of(request)),
        "breadcrumbs": crumbs(committee, _("Seats over time")),
    }
    status = 400 if form.is_bound and not day else 200
    return page(request, "committees/seat_history.html", context, status=status)


@require_safe
def seat_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with all seats and holdings as a file that spreadsheets open by themselves."""
    committee = committee_for(request, pk)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in _lines(committee))
    # The mark at the start tells spreadsheets that the letters are UTF-8.
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    name = slugify(f"{committee.name} {_('seats')}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def safe_cell(value: object) -> str:
    """Return the text of a cell, which no spreadsheet will take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _lines(committee: Committee) -> Iterator[list[object]]:
    yield [
        _("Number"),
        _("Role"),
        _("Function"),
        _("Seat from"),
        _("Seat until"),
        _("Name"),
        _("Capacity"),
        _("From"),
        _("Until"),
        _("Noted afterwards because"),
    ]
    for seat in seats_ever(committee):
        holdings: list[Holding | None] = list(seat.holdings.all())
        for holding in holdings or [None]:
            yield [*_of_seat(seat), *_of_holding(holding)]


def _of_seat(seat: Seat) -> list[object]:
    role = seat.get_role_display()
    return [seat.number, role, seat.function, seat.from_date, seat.to_date]


def _of_holding(holding: Holding | None) -> list[object]:
    if holding is None:
        return [_("Vacant"), "", "", "", ""]
    capacity = holding.get_capacity_display()
    reasons = " / ".join(filter(None, [holding.from_because, holding.to_because]))
    last = timezone.localdate(holding.ended_at) if holding.ended_at else holding.to_date
    return [holding.person.name, capacity, holding.from_date, last, reasons]
