"""Put a proposal of a register before the committee, with what is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import invalid, page
from kommissorium.meetings.actions.proposed_weighings import weighing_of
from kommissorium.meetings.facts import Facts
from kommissorium.meetings.forms.decisions import ChairDecisionForm
from kommissorium.meetings.minutes_builder import weighings_of
from kommissorium.meetings.models import Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.installed import proposal_kinds, register_with
from kommissorium.registers.proposing import OPEN, AgendaText, ProposalKind, item_about
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.secretariat.actions.agendas import can_put_before, propose_to, put_before
from kommissorium.secretariat.forms import ProposalForm


def matter_of(
    kind: ProposalKind[Any], proposal: Any, text: AgendaText, person: Person
) -> Mapping[str, Any]:
    """Return what templates/secretariat/matter.html needs, and its picture beside it."""
    picture = kind.picture(proposal, person)
    matter = {"text": text, "proposal": proposal, "picture": picture}
    if picture is not None:
        return {**picture.context, "matter": matter}
    key = str(proposal.pk)
    tables = kind.facts([key], AgendaContext(Meeting())).get(key, ())
    return {"matter": {**matter, "facts": Facts(timezone.now(), tables)}}


type Kind = ProposalKind[Any]


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a proposal before the committee; whoever leads one finds the way to decide on it."""
    person, kind = person_of(request), proposal_kinds().get(slug)
    if kind is None:
        raise Http404
    found = get_object_or_404(kind.visible_to(person), pk=pk)
    led, is_own = _led(kind, found, person), found.proposed_by_id == person.pk
    barred = kind.bars(found, person) if led else ""
    if not can_put_before(person) and not (led and request.method != "POST"):
        raise PermissionDenied
    text, there = kind.text(found), item_about(kind, found)
    lacks = kind.lacks(found)
    takes = can_put_before(person) and _takes(kind, found, is_there=there is not None)
    asked = takes and not lacks
    form = _form(request, kind, found, text) if asked or request.method == "POST" else None
    if request.method == "POST" and form and form.is_valid():
        try:
            return _put(request, found, form)
        except Refused as refused:
            add_refusal(form, refused)
    decides = led[0] if len(led) == 1 and not (is_own or barred or there) else None
    context = {
        **(matter_of(kind, found, text, person) if decides else {}),
        "decides": decides,
        "signs": _signs(decides, found) if decides else None,
        "can_be_changed": kind.can_be_changed,
        "is_own": is_own,
        "barred": barred,
        "form": form if asked else None,
        "text": text,
        "there": there,
        "lacks": lacks,
        "may_draft": can_put_before(person),
        "edit_url": kind.edit_url(found) if isinstance(kind, StandardProposal) else "",
        "is_over": not kind.is_draft(found) and not kind.waits(found),
        "led": led,
        "about": f"{slug}-{found.pk}",
        "proposal": found,
        "breadcrumbs": _crumbs(kind, found, text, decides=decides is not None),
    }
    bound = form is not None and form.is_bound
    return (invalid if bound else page)(request, "secretariat/proposal.html", context)


def _signs(committee: Committee, proposal: Any) -> Mapping[str, Any]:
    """Return what whoever decides signs on the page itself: why now and that nothing disqualifies
    them, with the weighing that is proposed."""
    weighed = weighing_of(proposal)
    form = ChairDecisionForm(
        is_deputy=not getattr(committee, "is_chaired", False),
        initial={"why_now": weighed.why_now if weighed else ""},
    )
    return {"form": form, "weighed": weighed, "weighings": weighings_of(weighed) if weighed else ()}


def _crumbs(kind: Kind, proposal: Any, text: AgendaText, *, decides: bool) -> list[Crumb]:
    register, (listed, home) = register_with(kind), kind.listed
    return [
        Crumb(str(register.label), reverse(register.menu.home)),
        Crumb(str(listed), reverse(home)),
        Crumb(text.title, proposal.get_absolute_url()),
        Crumb(_("Decide") if decides else _("Put before the committee")),
    ]


def _takes(kind: Kind, proposal: Any, *, is_there: bool) -> bool:
    """Return whether it can be put on an agenda now: what was taken back comes there again."""
    return kind.is_draft(proposal) or (kind.waits(proposal) and not is_there)


def _form(request: HttpRequest, kind: Kind, proposal: Any, text: AgendaText) -> ProposalForm:
    person, own = person_of(request), kind.committee_of(proposal)
    between = []
    if kind.is_draft(proposal):
        between = [own] if own else list(Committee.objects.prepared_by(person))
    return ProposalForm(
        request.POST if request.method == "POST" else None,
        meetings=_meetings(person, own),
        between=between,
        along=kind.along(proposal),
        added=str(kind.added),
        initial={"presentation": text.presentation, "recommendation": text.recommendation},
    )


def _meetings(person: Person, own: Committee | None) -> list[Meeting]:
    """Return the meetings `person` can put it before: planned or called, the next one first."""
    coming = Meeting.objects.coming().filter(
        state__in=OPEN, committee__in=Committee.objects.prepared_by(person)
    )
    found = coming.filter(committee=own) if own else coming
    return list(found.select_related("committee"))


def _put(request: HttpRequest, proposal: Any, form: ProposalForm) -> HttpResponse:
    person, meeting = person_of(request), form.meeting_chosen
    if meeting is None:
        propose_to(proposal, form.committee_chosen, by=person)
        messages.success(
            request, _("It lies before the committee. The chair is asked by mail to decide on it.")
        )
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


def _led(kind: Kind, proposal: Any, person: Person) -> list[Committee]:
    """Return the committees `person` leads, of those that can decide on it now."""
    if not kind.waits(proposal):
        return []
    led, own = Committee.objects.led_by(person), kind.committee_of(proposal)
    return list(led.filter(pk=own.pk) if own else led)
