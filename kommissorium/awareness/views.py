"""Pages of awareness besides those of any activity: figures, completions, evaluations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.awareness.actions.figures import note_completion, write_figures
from kommissorium.awareness.evaluation import EVALUATION, of_last_half
from kommissorium.awareness.forms import CompletionForm, FiguresForm
from kommissorium.awareness.kind import KIND
from kommissorium.core.ui.form_pages import typed
from kommissorium.registers.actions.activities import draft_evaluation
from kommissorium.registers.views.activities import activity_pages

both = require_http_methods(["GET", "POST"])
PAGES = activity_pages(KIND)


@both
def awareness_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the figures of a group."""
    found = PAGES.get(request, pk, may="can_be_held_by")
    lead = _("Fewer than five people are never shown as a group of their own.")
    words = {"title": _("Write figures"), "done": _("It is saved."), "lead": lead}
    return PAGES.act(
        request, found, FiguresForm(typed(request), activity=found), write_figures, **words
    )


@both
def awareness_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody took a course."""
    found = PAGES.get(request, pk, may="completions_can_be_noted_by")
    words = {"title": _("Note who took it"), "done": _("It is noted.")}
    return PAGES.act(
        request, found, CompletionForm(typed(request), activity=found), note_completion, **words
    )


@require_POST
def awareness_evaluation_new(request: HttpRequest) -> HttpResponse:
    """Draft the evaluation of the half-year that ended last."""
    by = person_of(request)
    return redirect(draft_evaluation(EVALUATION, by=by, **of_last_half()))
