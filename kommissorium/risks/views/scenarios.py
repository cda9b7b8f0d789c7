"""The risks of a draft: chosen from the catalogue, and written down on one page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict
from kommissorium.core.ui.form_pages import attempt, confirm_page, edit_page, form_page, typed
from kommissorium.core.ui.responses import conflict, differences, page
from kommissorium.risks.actions.scenarios import (
    add_scenario,
    add_threats,
    change_scenario,
    move_scenario,
    normal,
    remove_scenario,
    values_of,
)
from kommissorium.risks.asking import ASSESSMENTS, SCENARIOS, draft_for, drafted_scenario
from kommissorium.risks.assessment_form_page import (
    Card,
    accepted_of,
    cards_of,
    form_of,
    owners_offered,
    progress_of,
    proposal_by,
    proposal_of,
    threats_for,
)
from kommissorium.risks.forms.scenarios import ScenarioForm, ThreatsForm
from kommissorium.risks.models import Assessment, Group, Scale, Scenario, Threat
from kommissorium.risks.scope import AssessmentScope
from kommissorium.risks.step_proposal import StepProposal

PLACES: Final = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
def assessment_threats(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick the threats that matter, and write one of one's own."""
    found, person = draft_for(request, pk), person_of(request)
    there: set[int | None] = set(found.scenarios.values_list("threat", flat=True))
    offered = threats_for(AssessmentScope.of(found))
    form = ThreatsForm(typed(request), offered=[one for one in offered if one.pk not in there])
    back = reverse("assessment_scenarios", args=[found.pk])
    return edit_page(
        request,
        form,
        lambda: _take_up(found, person, form),
        done=_added,
        after=back,
        template="risks/assessment_threats.html",
        assessment=found,
        cancel_url=back,
        groups=_grouped(offered, there, request.POST.getlist("threats")),
        breadcrumbs=ASSESSMENTS.path(found, _("Choose threats")),
    )


@require_GET
def assessment_scenarios(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every risk of a draft as a card to fill in, step by step."""
    found = draft_for(request, pk)
    cards = cards_of(found, request.GET.get("open", ""))
    scale = Scale.in_use()
    context = {
        "assessment": found,
        "cards": cards,
        "steps": found.scale.consequence_steps,
        "progress": progress_of(card.scenario for card in cards),
        "newer_scale": scale if scale and scale != found.scale else None,
        "breadcrumbs": ASSESSMENTS.path(found, _("Risks")),
    }
    return page(request, "risks/assessment_scenarios.html", context)


@require_http_methods(["GET", "POST"])
def risk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a risk: as its card is opened and typed in (htmx), or as a whole; then the next."""
    found = drafted_scenario(request, pk)
    owners = owners_offered(found.assessment)
    data = typed(request)
    if data and "proposed" in data:
        data = proposal_by(found.assessment).filled(data)
    form = form_of(found, found.assessment, owners, data)
    is_part = "HX-Request" in request.headers
    if is_part and (request.method == "GET" or "theirs" in request.POST):
        return _card(request, form_of(found, found.assessment, owners), found, is_afresh=True)
    try:
        saved = attempt(form, lambda: _save(form, found, person_of(request)))
    except Conflict as theirs:
        return _overtaken(request, form, found, theirs, is_part=is_part)
    if is_part:
        return _card(request, form, found, is_saved=saved is not None)
    if saved is None:
        return _whole(request, form, found)
    messages.success(request, _("It is saved."))
    if "proposed" in request.POST:
        return redirect(_opened(found.assessment_id, found.pk))
    return redirect(_onward(found) if "onward" in request.POST else found.get_absolute_url())


@require_http_methods(["GET", "POST"])
def risk_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a risk out of a draft."""
    found = drafted_scenario(request, pk)
    back = reverse("assessment_scenarios", args=[found.assessment_id])
    text = _("“%(title)s” and what was written of it leave the draft.")
    return confirm_page(
        request,
        lambda: remove_scenario(found, by=person_of(request)),
        done=_("The risk is taken out."),
        after=back,
        title=_("Take the risk out"),
        text=text % {"title": found.title},
        submit_label=_("Take out of the register"),
        cancel_url=back,
        breadcrumbs=SCENARIOS.path(*SCENARIOS.steps(found), _("Take the risk out")),
    )


@require_POST
def risk_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Move a risk one place up or down in its draft."""
    if way not in PLACES:
        raise Http404
    found = drafted_scenario(request, pk)
    move_scenario(found, by=person_of(request), places=PLACES[way])
    return redirect(
        f"{reverse('assessment_scenarios', args=[found.assessment_id])}#risk-{found.pk}"
    )


def _added(number: int) -> str:
    said = ngettext("%(number)d risk was added.", "%(number)d risks were added.", number)
    return said % {"number": number}


def _take_up(found: Assessment, person: Person, form: ThreatsForm) -> int:
    number = len(add_threats(found, form.chosen(), by=person))
    if own := form.cleaned_data["own"]:
        group = form.cleaned_data["own_group"] or Group.OPERATIONS
        add_scenario(found, by=person, title=own, group=group)
        number += 1
    return number


def _grouped(
    offered: Sequence[Threat], there: set[int | None], ticked: list[str]
) -> list[tuple[str, list[tuple[Threat, bool, bool]]]]:
    """Return the groups by name, each with its threats: whether there already, whether ticked."""
    ordered = sorted(offered, key=lambda one: Group.values.index(one.group))
    return [
        (
            str(Group(group).label),
            [(one, one.pk in there, str(one.pk) in ticked) for one in threats],
        )
        for group, threats in groupby(ordered, key=lambda one: one.group)
    ]


def _save(form: ScenarioForm, found: Scenario, person: Person) -> list[str]:
    version = form.cleaned_data["edit_version"]
    return change_scenario(
        found, by=person, values=form.values(), edit_version=version, seen=form.seen()
    )


def _card(
    request: HttpRequest,
    form: ScenarioForm,
    found: Scenario,
    *,
    is_saved: bool = False,
    is_afresh: bool = False,
    **more: Any,
) -> HttpResponse:
    """Return how far the saving of a card has come, or the whole card as it is saved."""
    status = HTTPStatus.OK if is_saved or is_afresh else HTTPStatus.BAD_REQUEST
    rows = found.assessment.scenarios.all()
    context = {
        "card": Card(
            scenario=found,
            scale=found.assessment.scale,
            number=_number(found),
            accepted=accepted_of([found.lineage]).get(found.lineage),
            form=form,
            proposal=proposal_of(found, found.assessment) if is_afresh else StepProposal({}),
        ),
        "at": timezone.localtime() if is_saved else None,
        "version": found.edit_version if is_saved else request.POST.get("edit_version", ""),
        "was": _was(form, found) if is_saved else request.POST.get("was", ""),
        "progress": progress_of(rows),
        "is_answer": True,
        "is_stale": is_saved and values_of(found) | normal(form.values()) != values_of(found),
        "steps": found.assessment.scale.consequence_steps,
        "assessment": found.assessment,
        **more,
    }
    template = "risks/cards/card.html" if is_afresh else "risks/cards/saved.html"
    return page(request, template, context, status=more.get("status", status))


def _was(form: ScenarioForm, found: Scenario) -> str:
    """Return what stands on the writer's page now: what the next saving is compared with."""
    return json.dumps(values_of(found) | normal(form.values()))


def _overtaken(
    request: HttpRequest, form: ScenarioForm, found: Scenario, theirs: Conflict, *, is_part: bool
) -> HttpResponse:
    if is_part:
        unlike = differences(form, theirs.current)
        more: dict[str, Any] = {
            "differences": unlike,
            "over": theirs.edit_version,
            "status": HTTPStatus.CONFLICT,
        }
        response = _card(request, form, found, **more)
        if request.POST.get("told") == str(theirs.edit_version):
            # Stands on the page already: a press on one of its buttons must find it there.
            response.headers["HX-Reswap"] = "none"
        return response
    return conflict(
        request,
        form,
        theirs,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=SCENARIOS.path(*SCENARIOS.steps(found), _("Edit")),
    )


def _whole(request: HttpRequest, form: ScenarioForm, found: Scenario) -> HttpResponse:
    return form_page(
        request,
        form,
        "risks/risk_change.html",
        risk=found,
        likelihoods=found.assessment.scale.likelihood_steps,
        steps=found.assessment.scale.consequence_steps,
        title=_("Edit the risk"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=SCENARIOS.path(*SCENARIOS.steps(found), _("Edit")),
    )


def _onward(found: Scenario) -> str:
    """Return the address of the next card; of the assessment after the last one."""
    keys = list(found.assessment.scenarios.values_list("pk", flat=True))
    after = keys[keys.index(found.pk) + 1 :]
    if not after:
        return found.assessment.get_absolute_url()
    return _opened(found.assessment_id, after[0])


def _opened(assessment: int, key: int) -> str:
    """Return the address of the card of a risk, to fill in."""
    return f"{reverse('assessment_scenarios', args=[assessment])}?open={key}#risk-{key}"


def _number(found: Scenario) -> int:
    keys = list(found.assessment.scenarios.values_list("pk", flat=True))
    return keys.index(found.pk) + 1
