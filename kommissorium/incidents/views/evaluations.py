"""The evaluation of an incident: begun, and shown as any proposal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.incidents.actions.evaluations import draft_evaluation
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.views.common import case_of
from kommissorium.registers.views.proposals import proposal_page


@require_POST
def incident_evaluation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an evaluation of a case."""
    return redirect(draft_evaluation(case_of(request, pk), by=person_of(request)))


@require_GET
def incident_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation."""
    person = person_of(request)
    found = get_object_or_404(KIND.visible_to(person), pk=pk)
    more = {
        "sections": KIND.sections(KIND.body(found)),
        "may_read_case": found.incident.is_seen_by(person),
        "incident": found.incident,
    }
    return proposal_page(request, KIND, found, "incidents/evaluation.html", **more)
