"""Duties that the mandate proposes, adopted with one button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.responses import invalid, page
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.duty_proposals import ProposedDuty, propose_duties
from kommissorium.yearwheel.views import crumbs, kept_committee, year_url


@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each clause proposes; adopt what is chosen."""
    committee, person = kept_committee(request, pk), person_of(request)
    found = propose_duties(committee)
    refusal = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("proposal"))
        wanted = [one for one in found if one.key in chosen]
        try:
            return _adopted(request, len(adopt_duties(committee, _some(wanted), by=person)), pk)
        except Refused as refused:
            refusal = " ".join(refused.errors.values())
    context = {
        "committee": committee,
        "groups": _by_clause(found),
        "refusal": refusal,
        "open_number": sum(not one.is_adopted for one in found),
        "year_url": year_url(committee),
        "breadcrumbs": crumbs(committee, _("From the mandate")),
    }
    answer = invalid if refusal else page
    return answer(request, "yearwheel/proposals.html", context)


def _some(wanted: list[ProposedDuty]) -> list[ProposedDuty]:
    if not wanted:
        raise Refused(_("Choose at least one."))
    return wanted


def _adopted(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    text = ngettext(
        "%(number)d duty is on the wheel.", "%(number)d duties are on the wheel.", number
    )
    messages.success(request, text % {"number": number})
    return redirect("wheel_duties", pk)


def _by_clause(found: list[ProposedDuty]) -> list[list[ProposedDuty]]:
    groups: dict[int, list[ProposedDuty]] = {}
    for proposal in found:
        groups.setdefault(proposal.clause.pk, []).append(proposal)
    return list(groups.values())
