"""The page of an evaluation: what its document says, section by section."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.registers.evaluations import EvaluationProposal
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
