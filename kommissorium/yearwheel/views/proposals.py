"""Duties that the mandate proposes, adopted with one button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee, Seat
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.responses import invalid, page
from kommissorium.tasks.quarters import quarter_of
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.duty_proposals import ProposedDuty, propose_spread
from kommissorium.yearwheel.duty_sizes import chosen_size, sizes_of
from kommissorium.yearwheel.forms.proposals import ProposalRow, proposal_rows, responsible_choices
from kommissorium.yearwheel.views import crumbs, kept_committee, year_url


@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each clause proposes; adopt what is chosen."""
    committee = kept_committee(request, pk)
    return proposals_page(
        request,
        committee,
        after=reverse("wheel_duties", args=[pk]),
        cancel_url=year_url(committee),
        breadcrumbs=crumbs(committee, _("From the mandate")),
    )


def proposals_page(
    request: HttpRequest,
    committee: Committee,
    *,
    template: str = "yearwheel/proposals.html",
    after: str,
    **more: object,
) -> HttpResponse:
    """Show what the mandate proposes in one of three sizes; adopt what is chosen, go on to `after`."""
    days = DueDays(committee)
    found = propose_spread(committee, days)
    sizes = sizes_of(found, days)
    size = chosen_size(sizes, request.GET.get("size", ""))
    sent = request.POST if request.method == "POST" else None
    is_left = any(not one.is_adopted for one in found)
    responsible = responsible_choices(committee) if is_left else {}
    rows = proposal_rows(found if sent is not None else size.proposals, sent, responsible)
    refusal = ""
    if sent is not None:
        try:
            number = len(adopt_duties(committee, _wanted(rows), by=person_of(request)))
        except Refused as refused:
            refusal = " ".join(refused.errors.values())
        else:
            messages.success(request, _on_the_wheel(number))
            return redirect(after)
    context = {
        "committee": committee,
        "rows": rows,
        "groups": _by_quarter(
            [row for row in rows if row.chosen or row.proposal in size.proposals]
        ),
        "sizes": sizes if found else [],
        "size": size,
        "people": size.by_person([one for one in responsible.values() if isinstance(one, Seat)]),
        "adopted": [one for one in found if one.is_adopted],
        "refusal": refusal,
        **more,
    }
    answer = invalid if refusal else page
    return answer(request, template, context)


def _wanted(rows: Sequence[ProposalRow]) -> list[ProposedDuty]:
    chosen = [row for row in rows if row.chosen]
    if not chosen:
        raise Refused(_("Choose at least one."))
    if any(row.is_bound and not row.is_valid() for row in chosen):
        raise Refused(_("Some of it must be corrected"))
    return [row.wanted() for row in chosen]


def _on_the_wheel(number: int) -> str:
    text = ngettext(
        "%(number)d duty is on the wheel.", "%(number)d duties are on the wheel.", number
    )
    return text % {"number": number}


def _by_quarter(rows: Sequence[ProposalRow]) -> list[tuple[date | None, list[ProposalRow]]]:
    """Return the rows by the quarter in which they are due first; None: at each meeting."""
    groups: dict[date | None, list[ProposalRow]] = {}
    for row in rows:
        due = row.proposal.due
        groups.setdefault(quarter_of(due) if due else None, []).append(row)
    return list(groups.items())
