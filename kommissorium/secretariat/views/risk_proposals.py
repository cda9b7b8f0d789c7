"""Put an assessment, a risk level or an acceptance before the committee."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.requests import person_of
from kommissorium.assets.models import reads_all
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.core.ui.wording import day
from kommissorium.risks.actions.approving import lacking
from kommissorium.risks.models import Acceptance, Assessment, RiskLevel
from kommissorium.secretariat.actions.proposing_risks import can_put_before, propose_to, put_before
from kommissorium.secretariat.proposal_form import ProposalForm
from kommissorium.secretariat.risk_drafts import Draft, draft_of
from kommissorium.secretariat.risk_proposals import (
    Proposal,
    acceptances_along,
    committee_of,
    is_draft,
    item_about,
    meetings_for,
    slug_of,
    waits,
)


@dataclass(frozen=True)
class Room:
    """The page of the thing's kind that leads here: its name and its address."""

    title: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def of_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an assessment before the committee."""
    visible = Assessment.objects.visible_to(person_of(request))
    found = get_object_or_404(visible.select_related("scale", "committee", "assessor"), pk=pk)
    return _proposal(request, found, Room(_("Risk assessments"), reverse("assessments")))


@require_http_methods(["GET", "HEAD", "POST"])
def of_level(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a risk level before the committee."""
    person = person_of(request)
    if not reads_all(person):
        raise Http404
    visible = RiskLevel.objects.visible_to(person).select_related("scale", "committee")
    found = get_object_or_404(visible, pk=pk)
    return _proposal(request, found, Room(_("Risk level"), reverse("risk_levels")))


@require_http_methods(["GET", "HEAD", "POST"])
def of_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an acceptance before the committee."""
    visible = Acceptance.objects.visible_to(person_of(request))
    found = get_object_or_404(visible.select_related("proposed_by", "replaces"), pk=pk)
    return _proposal(request, found, Room(_("Accepted risks"), reverse("acceptances")))


def _proposal(request: HttpRequest, proposal: Proposal, room: Room) -> HttpResponse:
    person = person_of(request)
    led = _led(proposal, person)
    if not can_put_before(person) and not (led and request.method != "POST"):
        raise PermissionDenied
    draft, there = draft_of(proposal), item_about(proposal)
    lacks = _lacks(proposal)
    takes = can_put_before(person) and _takes(proposal, is_there=there is not None)
    asked = takes and not lacks
    form = _form(request, proposal, draft, person) if asked or request.method == "POST" else None
    if request.method == "POST" and form and form.is_valid():
        try:
            return _put(request, proposal, form)
        except Refused as refused:
            add_refusal(form, refused)
    context = {
        "form": form if asked else None,
        "draft": draft,
        "there": there,
        "lacks": lacks,
        "is_over": not is_draft(proposal) and not waits(proposal),
        "led": led,
        "slug": slug_of(proposal),
        "proposal": proposal,
        "breadcrumbs": [
            Crumb(_("Risks"), reverse("risks")),
            Crumb(room.title, room.url),
            Crumb(draft.title, proposal.get_absolute_url()),
            Crumb(_("Put before the committee")),
        ],
    }
    bound = form is not None and form.is_bound
    return (invalid if bound else page)(request, "secretariat/risk_proposal.html", context)


def _takes(proposal: Proposal, *, is_there: bool) -> bool:
    """Return whether it can be put on an agenda now: what was taken back comes there again."""
    return is_draft(proposal) or (waits(proposal) and not is_there)


def _lacks(proposal: Proposal) -> list[str]:
    if isinstance(proposal, Assessment) and is_draft(proposal):
        return lacking(proposal)
    return []


def _form(request: HttpRequest, proposal: Proposal, draft: Draft, person: Person) -> ProposalForm:
    own = committee_of(proposal)
    between = []
    if is_draft(proposal):
        between = [own] if own else list(Committee.objects.prepared_by(person))
    along: dict[Acceptance, list[str]] = {}
    if isinstance(proposal, Assessment) and waits(proposal):
        along = acceptances_along(proposal)
    return ProposalForm(
        request.POST if request.method == "POST" else None,
        meetings=meetings_for(person, proposal),
        between=between,
        along=along,
        initial={"presentation": draft.presentation, "recommendation": draft.recommendation},
    )


def _put(request: HttpRequest, proposal: Proposal, form: ProposalForm) -> HttpResponse:
    person, meeting = person_of(request), form.meeting_chosen
    if meeting is None:
        propose_to(proposal, form.committee_chosen, by=person)
        messages.success(request, _("It lies before the committee. Ask the chair to decide on it."))
        return redirect(proposal)
    item = put_before(
        proposal,
        meeting,
        by=person,
        recommendation=form.cleaned_data["recommendation"],
        presentation=form.cleaned_data["presentation"],
        late_because=form.cleaned_data.get("late_because", ""),
        along=form.along_chosen,
    )
    when = day(timezone.localdate(meeting.starts_at))
    messages.success(request, _("It is on the agenda of %(day)s.") % {"day": when})
    return redirect(item)


def _led(proposal: Proposal, person: Person) -> list[Committee]:
    """Return the committees `person` leads, of those that can decide on it now."""
    if not waits(proposal):
        return []
    led = Committee.objects.led_by(person)
    own = committee_of(proposal)
    return list(led.filter(pk=own.pk) if own else led)
