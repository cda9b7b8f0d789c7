"""Pages of plans of a year, their activities and evaluations: the slug says of which kind."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.registers.actions.activities import (
    call_off_activity,
    change_activity,
    draft_evaluation,
    draft_plan,
    hold_activity,
    note_finding,
    plan_activity,
    remove_activity,
)
from kommissorium.registers.activities import ActivityKind, shown_facts
from kommissorium.registers.forms.activities import CallOffForm, PlanYearForm
from kommissorium.registers.installed import activity_kinds, register_with
from kommissorium.registers.models.activities import TONES, Activity, YearPlan
from kommissorium.registers.proposed_activities import proposed_year
from kommissorium.registers.standard_proposals import EvaluationProposal
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.registers.views.row_pages import Predicate, RowPages
from kommissorium.tasks.models import Task

type Kind = ActivityKind[Any]
both = require_http_methods(["GET", "POST"])


@both
def activity_plan_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which year is planned, and draft its plan with what is known for it already."""
    kind, person = _kind(slug), person_of(request)
    if not kind.plan.model.can_be_drafted_by(person):
        raise PermissionDenied
    form = PlanYearForm(typed(request), proposed=proposed_year(kind.plan.model))

    def draft() -> YearPlan:
        year: int = form.cleaned_data["year"]
        return draft_plan(kind, by=person, year=year, proposed=kind.proposed(year, person))

    title = str(kind.new_plan)
    label, place = kind.plan.listed
    home = reverse(place)
    return edit_page(
        request,
        form,
        draft,
        done=_("The draft is filled with proposals. Change or remove what does not fit."),
        title=title,
        lead=str(kind.filled_from),
        submit_label=_("Make the draft"),
        cancel_url=home,
        breadcrumbs=path_of(Crumb(str(label), home), title),
    )


@require_GET
def activity_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the plan of a year."""
    kind, person = _kind(slug), person_of(request)
    found = get_object_or_404(kind.plan.visible_to(person), pk=pk)
    today = timezone.localdate()
    rows = [
        (one, one.state_on(today), TONES[one.state_on(today)], kind.about(one))
        for one in kind.visible_to(person).filter(plan=found).order_by("planned_for", "pk")
    ]
    may_add = found.takes_more_on(today) and found.can_be_drafted_by(person)
    return proposal_page(
        *(request, kind.plan, found, "registers/activity_plan.html"),
        rows=rows,
        activities=kind,
        may_add=may_add,
    )


@both
def activity_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add an activity to a plan."""
    kind, person = _kind(slug), person_of(request)
    plan = get_object_or_404(kind.plan.visible_to(person), pk=pk)
    if not plan.can_be_drafted_by(person):
        raise PermissionDenied
    form = kind.form(typed(request))
    return edit_page(
        request,
        form,
        lambda: plan_activity(kind, plan, by=person, values=form.values()),
        done=_("It is planned."),
        title=str(kind.new_activity),
        cancel_url=plan.get_absolute_url(),
        breadcrumbs=proposal_path(kind.plan, plan, str(kind.new_activity)),
    )


@require_GET
def activity(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show an activity: what is planned, what came of it, and the tasks born of it."""
    kind, pages, found = _allowed(request, slug, pk)
    person, today = person_of(request), timezone.localdate()
    kind.was_read(found, person)
    kind.prepare([found])
    state = found.state_on(today)
    plan = kind.plan.visible_to(person).filter(pk=found.plan_id).first()
    tasks = set(Task.objects.visible_to(person).order_by().values_list("pk", flat=True))
    context = {
        "activity": found,
        "state": state,
        "tone": TONES[state],
        "facts": shown_facts(kind, found),
        "shows_findings": found.is_held and not kind.has_own_findings,
        "findings": found.findings.select_related("task__owner").order_by("pk"),
        "readable": tasks,
        "parts": list(kind.parts(found, person)),
        "plan": plan,
        "plan_title": kind.plan.title_of(plan) if plan else "",
        "may_hold": found.can_be_held_by(person),
        "may_change": found.can_be_changed_by(person),
        "may_call_off": _may_call_off(found, person),
        "breadcrumbs": pages.path(found.title),
    }
    return page(request, "registers/activity.html", context)


@both
def activity_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an activity of a draft; of an approved plan its day, and who answers for it."""
    kind, pages, found = _allowed(request, slug, pk, "can_be_changed_by")
    form, act = kind.form(typed(request), row=found), partial(change_activity, kind)
    return pages.change(request, found, form, act, done=_("It is saved."))


@both
def activity_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an activity out of a draft."""
    kind, pages, found = _allowed(request, slug, pk, "plan.can_be_drafted_by")
    return pages.confirm(
        *(request, found, partial(remove_activity, kind)),
        title=_("Remove the activity"),
        done=_("It is removed."),
        text=_("Nothing of it stays in the draft."),
        submit_label=_("Remove"),
        after=found.plan,
    )


@both
def activity_hold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say when it was held and what came of it."""
    kind, pages, found = _allowed(request, slug, pk, "can_be_held_by")
    form, act = kind.hold_form(typed(request), row=found), partial(hold_activity, kind)
    title, done = _("Say how it went"), _("It is noted.")
    return pages.change(request, found, form, act, title=title, done=done, lead=found.criterion)


@both
def activity_call_off(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Call an activity off, with a reason."""
    kind, pages, found = _allowed(request, slug, pk, _may_call_off)
    form, act = CallOffForm(typed(request)), partial(call_off_activity, kind)
    lead = _("It counts as not held, and cannot be taken up again.")
    words = {"title": _("Call it off"), "done": _("It is called off."), "lead": lead}
    return pages.act(request, found, form, act, **words)


@both
def activity_finding(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note what an activity showed, and give the task of it."""
    kind, pages, found = _allowed(request, slug, pk, "findings_can_be_noted_by")
    form, act = kind.finding_form(typed(request)), partial(note_finding, kind)
    words = {"title": _("Note a finding"), "done": _("The task is given.")}
    return pages.act(request, found, form, act, **words)


@require_GET
def activity_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what happened to an activity, the newest first."""
    return activity_pages(_kind(slug)).history(request, pk)


def _may_call_off(found: Activity, person: Person) -> bool:
    return bool(found.plan.can_be_drafted_by(person) and found.plan.is_approved and found.is_open)


def _kind(slug: str) -> Kind:
    kind = activity_kinds().get(slug)
    if kind is None:
        raise Http404
    return kind


def _allowed(
    request: HttpRequest, slug: str, pk: int, may: str | Predicate = ""
) -> tuple[Kind, RowPages[Any], Any]:
    kind = _kind(slug)
    pages = activity_pages(kind)
    return kind, pages, pages.get(request, pk, may)


def activity_home(kind: Kind) -> Crumb:
    """Return the way to the list of a kind."""
    return Crumb(str(register_with(kind.plan).label), reverse(kind.home))


def activity_pages[M: Activity](kind: ActivityKind[M]) -> RowPages[M]:
    """Return the pages of forms about the activities of a kind."""
    return RowPages(lambda: activity_home(kind), kind.visible_to, events=kind.events)


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
