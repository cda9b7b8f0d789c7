"""Pages of technical measures, and of the status of a quarter in which they are told of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import conflict, page
from kommissorium.projects.actions.measures import (
    add_measure,
    change_measure,
    draft_status,
    restore_measure,
    retire_measure,
    say_states,
)
from kommissorium.projects.comparison import ComparedState, compare, compared_states
from kommissorium.projects.forms import MeasureForm, StatesForm
from kommissorium.projects.models import MeasureState, TechnicalMeasure, WorkStatus
from kommissorium.projects.proposal import KIND, project_rows
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.registers.views.row_pages import RowPages

both = require_http_methods(["GET", "POST"])


@both
def measure_new(request: HttpRequest) -> HttpResponse:
    """Add a measure of the municipality's own."""
    done = _("The measure is added. Its owner is asked each quarter.")
    title, form = _("New technical measure"), MeasureForm(typed(request))
    return PAGES.add(request, form, add_measure, title=title, done=done)


@require_GET
def technical_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a measure with what was told of it, quarter by quarter."""
    found, person = PAGES.get(request, pk), person_of(request)
    rows = found.states.exclude(status__state="dropped").exclude(said_at=None)
    rows = rows.select_related("status", "said_by").order_by("-status__year", "-status__number")
    told = list(rows)
    for row in told:
        row.measure = found
    pairs = zip(told, [*told[1:], None], strict=False)
    context = {
        "measure": found,
        "states": [ComparedState(row, before) for row, before in pairs],
        "waits": _waiting(found),
        "readable": set(KIND.visible_to(person).values_list("pk", flat=True)),
        "may_tell": found.can_be_told_by(person),
        "may_change": found.can_be_changed_by(person),
        "breadcrumbs": PAGES.path(found.title),
    }
    return page(request, "projects/measure.html", context)


@both
def measure_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who owns a measure and what is counted of it."""
    found = PAGES.get(request, pk, may="can_be_changed_by")
    form, done = MeasureForm(typed(request), row=found), _("It is saved.")
    return PAGES.change(request, found, form, change_measure, done=done)


@both
def measure_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a measure of one's own out of use, or into it again."""
    found = PAGES.get(request, pk, may="can_be_changed_by")
    if found.area:
        raise Refused(_("The mandate asks for its state. It cannot be taken out of use."))
    act = restore_measure if found.is_retired else retire_measure
    title = _("Take into use again") if found.is_retired else _("Take out of use")
    return PAGES.confirm(
        *(request, found, act),
        title=title,
        done=_("It is saved."),
        danger=not found.is_retired,
        text=_("What was reported for earlier quarters stays."),
        submit_label=title,
    )


@both
def measure_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how one measure stood in the quarter that is being told of."""
    found = PAGES.get(request, pk, may="can_be_told_by")
    state = _waiting(found)
    if state is None:
        raise Refused(_("No quarter is being reported on. The coordinator begins it."))
    words = {"title": found.title, "quarter": state.status.quarter.label}
    title = {"title": _("%(title)s: how it stood in %(quarter)s") % words}
    shown = compare([state], state.status.quarter)
    return _say_page(
        request, state.status, shown, **PAGES.frame(found, state.status.quarter.label) | title
    )


@require_POST
def work_status_new(request: HttpRequest) -> HttpResponse:
    """Begin the status of the quarter that waits."""
    made = draft_status(by=person_of(request))
    return redirect("work_status_states", made.pk)


@require_GET
def work_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the status of a quarter: what was approved as it was frozen, a draft as it is today."""
    found = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    frozen = json.loads(found.record.content) if found.record else None
    return proposal_page(
        *(request, KIND, found, "projects/work_status.html"),
        told=frozen,
        projects=frozen["projects"] if frozen else project_rows(found.quarter),
        states=compared_states(found),
    )


@both
def work_status_states(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how all measures stood in the quarter of a draft, on one page."""
    person = person_of(request)
    found = get_object_or_404(KIND.visible_to(person), pk=pk)
    if not found.can_be_drafted_by(person):
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
    title = _("State of the technical measures")
    return _say_page(
        request,
        found,
        compared_states(found),
        title=title,
        after=found,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=proposal_path(KIND, found, title),
    )


def _say_page(
    request: HttpRequest,
    status: WorkStatus,
    shown: Sequence[ComparedState],
    *,
    after: Any,
    **frame: Any,
) -> HttpResponse:
    """Show the states as one form and save those that were touched."""
    states = [one.state for one in shown]
    form = StatesForm(typed(request), states=states)
    try:
        saved = attempt(form, lambda: say_states(status, form.said(), by=person_of(request)))
    except Conflict as found:
        theirs = MeasureState.objects.filter(pk__in=[one.pk for one in states])
        form.data = form.on_top_of(theirs)
        ways = {name: frame[name] for name in ("cancel_url", "breadcrumbs")}
        return conflict(request, form, found, **ways)
    if saved is not None:
        messages.success(request, _("It is saved."))
        return redirect(after)
    opened = form.opened()
    parts = [(one, form.rows_of(one.state), one.state.pk in opened) for one in shown]
    context = {"parts": parts, "quarter": status.quarter.label, **frame}
    return form_page(request, form, "projects/states.html", **context)


def _waiting(found: TechnicalMeasure) -> MeasureState | None:
    """Return the state of the quarter that is being told of; None where there is none."""
    rows = found.states.filter(status__state="draft").select_related("status", "measure__owner")
    return rows.order_by("status__year", "status__number").first()


def _rows(person: Person) -> QuerySet[TechnicalMeasure]:
    return TechnicalMeasure.objects.visible_to(person).select_related("owner")


PAGES = RowPages(lambda: Crumb(_("Technical measures"), reverse("project_measures")), _rows)
