"""The page of an evaluation: what its document says, section by section; and how one is begun."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.registers.actions.evaluations import draft_evaluation
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.evaluations import EvaluationProposal
from kommissorium.registers.views.activities import activity_pages
from kommissorium.registers.views.proposals import proposal_page


def evaluation_path(route: str, kind: EvaluationProposal[Any]) -> URLPattern:
    """Return the address of evaluations of a kind."""

    @require_GET
    def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: as it was frozen, a draft with what is known today."""
        found = get_object_or_404(kind.visible_to(person_of(request)), pk=pk)
        content = kind.said(found)
        return proposal_page(
            *(request, kind, found, "registers/evaluation.html"),
            subject=kind.subject(found),
            sections=kind.sections(content),
        )

    return path(f"{route}<int:pk>/", evaluation, name=kind.model.page)


def evaluation_new_path(
    route: str, kind: EvaluationProposal[Any], activities: ActivityKind[Any]
) -> URLPattern:
    """Return the address at which one of an activity is drafted; its column alone says of what."""

    @require_POST
    def evaluation_new(request: HttpRequest, pk: int) -> HttpResponse:
        """Draft the evaluation of an activity."""
        found = activity_pages(activities).get(request, pk)
        of = dict.fromkeys(kind.of, found.pk)
        return redirect(draft_evaluation(kind, by=person_of(request), **of))

    return path(route, evaluation_new, name=f"{kind.model.page}_new")
