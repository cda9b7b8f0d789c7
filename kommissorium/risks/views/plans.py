"""The treatment plan: all actions against risks, and each of them."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Area
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.navigation import Crumb, paged, sorted_by
from kommissorium.core.ui.responses import page
from kommissorium.registers.forms.rows import BecauseForm
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.workbook import sheet_of, workbook_of
from kommissorium.registers.views.row_pages import RowPages
from kommissorium.risks.actions.plans import (
    add_action,
    change_action,
    may_change,
    say_impossible,
    say_possible,
)
from kommissorium.risks.asking import SCENARIOS, crumbs, risk_reader_of, risks_home
from kommissorium.risks.forms.plans import ActionForm, PlanFilter
from kommissorium.risks.models import PlanAction
from kommissorium.risks.models.plans import PlanActionQuerySet, plan_can_be_kept_by
from kommissorium.risks.planning import (
    SORTS,
    Line,
    found_by,
    in_area,
    lines_of,
    narrowed,
    sums_of,
    with_risks,
)

ACTIONS_A_PAGE = 15  # each takes three lines


COLUMNS: Final = (
    column("action.task.title", gettext_lazy("What is to be done")),
    column("action.scenario.title", gettext_lazy("Risk")),
    column("action.scenario.assessment.title", gettext_lazy("Assessment")),
    column("action.task.owner.name", gettext_lazy("Who")),
    column("action.task.due", gettext_lazy("Due"), kind="date"),
    column("action.first_due", gettext_lazy("First due"), kind="date"),
    column("state", gettext_lazy("State")),
    column("action.cost", gettext_lazy("Cost"), kind="kroner"),
    column("expected.name", gettext_lazy("Brings the risk down to")),
    column("action.impossible_because", gettext_lazy("Why it cannot be done")),
)


def _actions(person: Person) -> QuerySet[PlanAction]:
    along = ("task__owner", "task__committee", "scenario__assessment__scale")
    return PlanAction.objects.visible_to(person).select_related(*along)


# The actions; a page about one leads to its risk.
PLAN = RowPages(lambda: Crumb(_("Treatment plan"), reverse("plan")), _actions, above=(risks_home,))


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show the actions the person may read, as the address narrows and sorts them."""
    person, today = risk_reader_of(request), timezone.localdate()
    wishes = _filter(request, person)
    found = _listed(request, person, wishes)
    shown = paged(sorted_by(with_risks(found), request, SORTS, "due"), request, ACTIONS_A_PAGE)
    context = {
        "person": person,
        "narrowed": wishes,
        "page": shown,
        "lines": lines_of(shown, person, today),
        "sums": sums_of(found),
        "has_any": bool(shown) or PlanAction.objects.visible_to(person).exists(),
        "query": request.GET.urlencode(),
        "breadcrumbs": crumbs(_("Treatment plan")),
    }
    return page(request, "risks/plan.html", context)


@require_GET
def plan_file(request: HttpRequest) -> FileResponse:
    """Hand out the plan as it is narrowed and sorted."""
    person = risk_reader_of(request)
    found = _listed(request, person, _filter(request, person))
    rows = sorted_by(with_risks(found), request, SORTS, "due")
    lines = lines_of(rows.iterator(chunk_size=1000), person, timezone.localdate())
    sheet = sheet_of(_("Treatment plan"), COLUMNS, lines, _risk_url)
    return workbook_of([sheet], title=_("Treatment plan"), name=_("treatment-plan"))


@require_http_methods(["GET", "POST"])
def plan_action_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan an action against a risk."""
    risk, person = SCENARIOS.get(request, pk), person_of(request)
    if not plan_can_be_kept_by(risk, person):
        raise PermissionDenied
    form = ActionForm(typed(request), scenario=risk, by=person)
    return edit_page(
        request,
        form,
        lambda: add_action(risk, by=person, plan=form.plan(), **form.task_values()),
        done=_("The action is in the plan."),
        lead=risk.title,
        submit_label=_("Plan the action"),
        **PLAN.frame(risk, _("Plan an action")),
    )


@require_http_methods(["GET", "POST"])
def plan_action_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an action that is open."""
    action, person = PLAN.get(request, pk), person_of(request)
    risk = action.scenario
    if not action.task.is_open:
        raise Refused(_("The task is finished. Open it again to change it."))
    if not may_change(action, person):
        raise PermissionDenied
    form = ActionForm(typed(request), scenario=risk, by=person, action=action)
    return edit_page(
        request,
        form,
        lambda: _change(action, form, person),
        done=_("It is saved."),
        lead=risk.title,
        **PLAN.frame(risk, _("Edit the action")),
    )


@require_http_methods(["GET", "POST"])
def plan_action_impossible(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an action cannot be done."""
    action, person = PLAN.get(request, pk, "can_be_called_impossible_by"), person_of(request)
    form = BecauseForm(typed(request))
    text = _("%(title)s. The committee takes it up at its next meeting.")
    return edit_page(
        request,
        form,
        lambda: say_impossible(action, by=person, **form.cleaned_data),
        done=_("The committee is told that it cannot be done."),
        lead=text % {"title": action.task.title},
        submit_label=_("Say that it cannot be done"),
        **PLAN.frame(action.scenario, _("It cannot be done")),
    )


@require_http_methods(["GET", "POST"])
def plan_action_possible(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that an action cannot be done."""
    action, person = PLAN.get(request, pk, "can_be_called_impossible_by"), person_of(request)
    return confirm_page(
        request,
        lambda: say_possible(action, by=person),
        done=_("The action can be done after all."),
        danger=False,
        text=action.task.title,
        submit_label=_("It can be done after all"),
        **PLAN.frame(action.scenario, _("It can be done after all")),
    )


def _change(action: PlanAction, form: ActionForm, by: Person) -> None:
    version = form.cleaned_data["edit_version"]
    change_action(action, by=by, plan=form.plan(), edit_version=version, **form.task_values())


def _filter(request: HttpRequest, person: Person) -> PlanFilter:
    """Return what the address asks for, with whom and what can be chosen (two queries)."""
    seen = PlanAction.objects.visible_to(person)
    owners = Person.objects.filter(pk__in=seen.values("task__owner"))
    return PlanFilter(
        request.GET,
        owners=owners.order_by(danish_order("name"), "pk"),
        areas=Area.objects.in_use().order_by(danish_order("name"), "pk"),
    )


def _listed(request: HttpRequest, person: Person, wishes: PlanFilter) -> PlanActionQuerySet:
    found = PlanAction.objects.visible_to(person)
    found = narrowed(found, wishes.value("show"), timezone.localdate())
    if request.GET.get("mine"):
        found = found.filter(task__owner=person)
    if owner := wishes.value("owner"):
        found = found.filter(task__owner=int(owner))
    if area := wishes.value("area"):
        found = in_area(found, int(area))
    return found_by(found, wishes.value("q"))


def _risk_url(line: Line) -> str:
    return reverse("risk", args=[line.risk])
