"""A case: its page, its triage, its history, its files and its evaluation."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.responses import download_from, download_written, page
from kommissorium.incidents.actions.evaluations import add_lesson, draft_evaluation, remove_lesson
from kommissorium.incidents.actions.reports import triage_incident
from kommissorium.incidents.clocks import clocks_of
from kommissorium.incidents.evaluation import KIND, LessonForm
from kommissorium.incidents.forms.cases import TriageForm
from kommissorium.incidents.handover import write_case
from kommissorium.incidents.models import Entry, Evaluation, Incident, Lesson
from kommissorium.incidents.views.common import case_of, crumbs, frame, handled_case
from kommissorium.registers.mails import is_dpo
from kommissorium.registers.offered import foreseen_as, parts_about
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.registers.views.row_pages import history_page
from kommissorium.tasks.models import Task

both = require_http_methods(["GET", "POST"])


@require_GET
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case: its deadlines, the next step, its triage, and its timeline."""
    found, person = case_of(request, pk), person_of(request)
    context = {
        "incident": found,
        "assets": found.assets.all(),
        "entries": found.entries.select_related("by", "file"),
        "handlers": found.handlers.current().select_related("person"),
        "clocks": clocks_of(found, timezone.now()),
        "awareness": found.awareness.select_related("set_by", "answered_by"),
        "tasks": Task.objects.born_at("incidents.incident", [str(pk)]).select_related("owner"),
        "steps": found.steps.select_related("done_by"),
        "names": found.concerned.count(),
        "readings": _readings(found, person),
        "may_triage": found.can_be_triaged_by(person) and found.is_open,
        "may_handle": found.can_be_handled_by(person),
        "may_advise": found.can_be_advised_by(person),
        "parts": list(parts_about(found, person, "incidents")),
        "evaluations": found.evaluations.exclude(state="dropped"),
        "may_evaluate": found.may_be_evaluated and Evaluation.can_be_drafted_by(person),
        "breadcrumbs": crumbs(found.label),
    }
    return page(request, "incidents/incident.html", context)


@require_GET
def incident_clocks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the deadlines alone: the page of the case asks for them every minute."""
    found = case_of(request, pk, None)
    context = {"incident": found, "clocks": clocks_of(found, timezone.now())}
    return page(request, "incidents/clocks.html", context)


@both
def incident_triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Triage a report."""
    found, person = case_of(request, pk), person_of(request)
    if not found.can_be_triaged_by(person):
        raise PermissionDenied
    form = TriageForm(typed(request), row=found)
    return edit_page(
        request,
        form,
        lambda: triage_incident(found, by=person, **form.given()),
        done=_("It is saved."),
        template="incidents/triage.html",
        in_form=form.theirs,
        incident=found,
        entries=found.entries.select_related("file"),
        mtd=[one for one in found.assets.all() if one.mtd],
        **frame(found, _("Triage")),
    )


@require_GET
def incident_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the case's events in the chain."""
    found = case_of(request, pk)
    return history_page(request, Event.objects.about(found), crumbs(found), row=found)


@require_GET
def incident_handover(request: HttpRequest, pk: int) -> FileResponse:
    """Hand a closed case out for the records system, as a zip; it counts as an export."""
    found = handled_case(request, pk)
    if found.is_open:
        raise Http404
    note_reading(found, by=person_of(request), what=Reading.What.EXPORT)
    name = f"{slugify(found.label)}.zip"
    return download_written(partial(write_case, found), name, "application/zip")


@require_GET
def incident_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file of a timeline, to readers of the case and to its own reporter."""
    person = person_of(request)
    found = get_object_or_404(Entry.objects.select_related("file", "incident"), pk=pk)
    may_read = Incident.objects.visible_to(person).filter(pk=found.incident_id).exists()
    is_own = found.incident.reporter_id == person.pk and found.is_for_reporter
    if found.file is None or not (may_read or is_own):
        raise Http404
    note_reading(found.incident, by=person, what=Reading.What.FILE)
    return download_from(found.file.checked(), found.file_name, found.file.media_type)


def _readings(found: Incident, person: Person) -> Any:
    """Return its last readers, for those responsible for its confidentiality."""
    if not (is_dpo(person) or found.can_be_triaged_by(person)):
        return None
    return Reading.objects.about(found)[:20]


@require_POST
def incident_evaluation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an evaluation of a case."""
    return redirect(draft_evaluation(case_of(request, pk), by=person_of(request)))


@require_GET
def incident_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation."""
    person = person_of(request)
    found = get_object_or_404(KIND.visible_to(person), pk=pk)
    note_reading(found.incident, by=person, what=Reading.What.PAGE)
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
    form = LessonForm(typed(request), is_foreseen=bool(found.scenario_key))
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
