"""Plan a year's meetings: dates are proposed, adjusted and planned together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.measures.days import add_months
from kommissorium.meetings.actions.calendar import check_meeting, plan_meetings
from kommissorium.meetings.forms import PlanRows, as_fields
from kommissorium.meetings.views import preparable, warn_of_obstacles
from kommissorium.meetings.year_plan import propose, required_number, taken_dates


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a year's meetings; each can be moved or left out before they are planned."""
    committee = preparable(request, pk)
    crumbs = [Crumb(_("Meetings"), reverse("meetings")), Crumb(_("Plan the year"))]
    return plan_page(request, committee, after="meetings", breadcrumbs=crumbs)


def plan_page(
    request: HttpRequest,
    committee: Committee,
    *,
    template: str = "meetings/plan.html",
    after: str,
    **more: object,
) -> HttpResponse:
    """Show the proposed dates; plan those that are chosen and go on to `after`, an address's name."""
    number = required_number(committee, timezone.localdate())
    period, first = _period(request)
    if request.method == "POST":
        rows = PlanRows(request.POST)
        if _plan_chosen(request, committee, rows):
            return redirect(after)
    else:
        rows = PlanRows(initial=_proposed(committee, first, number))
    context = {
        "committee": committee,
        "rows": rows,
        "number": number,
        "period": period,
        "periods": _periods(),
        **more,
    }
    answer = invalid if rows.is_bound else page
    return answer(request, template, context)


def _plan_chosen(request: HttpRequest, committee: Committee, rows: Any) -> bool:
    """Plan the rows that were chosen; return False when something must be put right first."""
    if not rows.is_valid():
        return False
    chosen = [row for row in rows if row.cleaned_data.get("chosen")]
    if not chosen:
        rows._non_form_errors.append(_("Choose at least one meeting."))  # noqa: SLF001 no public way
        return False
    if _refused_row(committee, chosen):
        return False
    planned = plan_meetings(committee, [row.proposal() for row in chosen], by=person_of(request))
    warn_of_obstacles(request, committee, planned)
    text = ngettext(
        "%(number)d meeting is planned.", "%(number)d meetings are planned.", len(planned)
    )
    messages.success(request, text % {"number": len(planned)})
    return True


def _refused_row(committee: Committee, chosen: Sequence[Any]) -> bool:
    """Try the rows one by one, so that a reason stands beside the row it is about."""
    refused = False
    earlier: list[Any] = []
    for row in chosen:
        proposal = row.proposal()
        clash = any(
            proposal.starts_at < other.ends_at and other.starts_at < proposal.ends_at
            for other in earlier
        )
        if clash:
            row.add_error("date", _("Two of the meetings lie at the same time."))
            refused = True
        earlier.append(proposal)
        try:
            check_meeting(committee, proposal.starts_at, proposal.ends_at)
        except Refused as reasons:
            row.refuse(reasons)
            refused = True
    return refused


def _proposed(committee: Committee, first: date, number: int) -> list[dict[str, Any]]:
    proposals = propose(committee, first=first, number=number, taken=taken_dates(committee))
    return [
        {
            "chosen": True,
            **as_fields(
                {
                    "starts_at": proposal.starts_at,
                    "ends_at": proposal.ends_at,
                    "place": proposal.place,
                    "link": proposal.link,
                }
            ),
        }
        for proposal in proposals
    ]


def _periods() -> list[tuple[str, str]]:
    year = timezone.localdate().year
    return [
        ("next", _("The next twelve months")),
        (str(year + 1), str(year + 1)),
        (str(year + 2), str(year + 2)),
    ]


def _period(request: HttpRequest) -> tuple[str, date]:
    wish = request.GET.get("period", "next")
    today = timezone.localdate()
    if wish in {str(today.year + 1), str(today.year + 2)}:
        return wish, date(int(wish), 1, 1)
    return "next", add_months(today.replace(day=1), 1)
