"""The evaluation of an incident: begun, and shown as any proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.incidents.actions.evaluations import add_lesson, draft_evaluation, remove_lesson
from kommissorium.incidents.evaluation import KIND, LessonForm
from kommissorium.incidents.models import Evaluation, Lesson
from kommissorium.incidents.views.common import case_of
from kommissorium.registers.foreseen import foreseen_as
from kommissorium.registers.views.proposals import proposal_page, proposal_path


@require_POST
def incident_evaluation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an evaluation of a case."""
    return redirect(draft_evaluation(case_of(request, pk), by=person_of(request)))


@require_GET
def incident_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation."""
    person = person_of(request)
    found = get_object_or_404(KIND.visible_to(person), pk=pk)
    may_draft = found.is_draft and found.can_be_drafted_by(person)
    more = {
        "lessons": found.lessons.select_related("owner", "task__owner"),
        "may_add": may_draft,
        "sections": KIND.sections({**KIND.body(found), "lessons": ()}),
        "may_read_case": found.incident.is_seen_by(person),
        "incident": found.incident,
        "risk": next(iter(foreseen_as(person, [found.scenario_key]).values()), None),
    }
    return proposal_page(request, KIND, found, "incidents/evaluation.html", **more)


@require_http_methods(["GET", "POST"])
def incident_lesson_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a consequence to a draft."""
    found, person = _drafted(request, pk), person_of(request)
    form = LessonForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_lesson(found, by=person, values=form.values()),
        done=_("It is added."),
        after=f"{found.get_absolute_url()}#lessons",
        title=_("What is to come of it"),
        lead=_("Once the committee approves the evaluation, it is given as a task."),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(KIND, found, _("What is to come of it")),
    )


@require_POST
def incident_lesson_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a consequence from a draft."""
    rows = Lesson.objects.select_related("evaluation__incident")
    found = get_object_or_404(
        rows.filter(evaluation__in=KIND.visible_to(person_of(request))), pk=pk
    )
    remove_lesson(found, by=person_of(request))
    return redirect(f"{found.evaluation.get_absolute_url()}#lessons")


def _drafted(request: HttpRequest, pk: int) -> Evaluation:
    """Return an evaluation the person sees. Raises Http404; PermissionDenied for non-drafters."""
    found: Evaluation = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    if not found.can_be_drafted_by(person_of(request)):
        raise PermissionDenied
    return found
