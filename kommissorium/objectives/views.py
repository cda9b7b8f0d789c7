"""Pages of objectives, and of the years they are set for; the list is declared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.ui.form_pages import typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.objectives.actions import (
    add_objective,
    change_objective,
    draft_set,
    measure_objective,
    remove_objective,
)
from kommissorium.objectives.forms import MeasurementForm, ObjectiveForm
from kommissorium.objectives.models import Measurement, Objective, ObjectiveSet
from kommissorium.objectives.objective_list import ObjectiveList
from kommissorium.objectives.past import past_of, trend_of
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.signals import OLD_LINK, SIGNALS, UNLINKED
from kommissorium.objectives.status import ObjectiveStatus, by_area, statuses_of
from kommissorium.registers.actions.proposals import refuse_unless
from kommissorium.registers.counts import read_indicator
from kommissorium.registers.offered import level_in_words, levels_today
from kommissorium.registers.status import day_asked, day_of, figures_known
from kommissorium.registers.views.lists import list_view
from kommissorium.registers.views.proposals import proposal_page, proposal_path
from kommissorium.registers.views.row_pages import RowPages

both = require_http_methods(["GET", "POST"])
_today = list_view(ObjectiveList)
SHOWN = 8  # measurements, the newest; the others when they are asked for


@require_GET
def objectives(request: HttpRequest) -> HttpResponse:
    """Show the list of objectives; with ?on= how they stood on a past day."""
    wanted = day_asked(request)
    if wanted is None:
        return _today(request)
    if not reads_whole_register(person_of(request)):
        raise Http404
    figures = figures_known("objectives", wanted)
    context = {
        "wanted": wanted,
        "kept_on": day_of(figures) if figures else None,
        "here": reverse("objectives"),
        "past": past_of(figures) if figures else None,
        "breadcrumbs": path_of(Crumb(_("Objectives"), reverse("objectives")), day(wanted)),
    }
    return page(request, "objectives/objectives_past.html", context)


@require_POST
def objective_set_new(request: HttpRequest) -> HttpResponse:
    """Draft the objectives of the next year there are none for."""
    return redirect(draft_set(by=person_of(request)))


@require_GET
def objective_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the objectives of a year."""
    found = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    rows = found.objectives.select_related("owner", "set", "area").order_by("pk")
    levels = levels_today()
    statuses = statuses_of(rows, timezone.localdate(), levels)
    counts = SIGNALS.counted(statuses)
    unlinked = UNLINKED if counts[UNLINKED.code] else OLD_LINK if counts[OLD_LINK.code] else None
    return proposal_page(
        request,
        KIND,
        found,
        "objectives/objective_set.html",
        rows=statuses,
        areas=by_area(statuses) if found.is_approved else [],
        lacks_level=unlinked == UNLINKED and not levels.keys,
        unlinked=unlinked and SIGNALS.finding(unlinked, counts[unlinked.code]),
        unlinked_label=unlinked and unlinked.label,
    )


@both
def objective_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an objective to a draft."""
    found, form = _draft(request, pk), ObjectiveForm(typed(request))
    title = _("New objective")
    return PAGES.act(
        request,
        found,
        form,
        add_objective,
        done=lambda made: _told(_("It is added."), made),
        title=title,
        breadcrumbs=proposal_path(KIND, found, title),
    )


@require_GET
def objective(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an objective with what was measured of it, in this year and those before."""
    found, person = PAGES.get(request, pk), person_of(request)
    measured = Measurement.objects.filter(objective__lineage=found.lineage)
    known, today = list(measured.select_related("objective", "made_by")), timezone.localdate()
    until = [one for one in known if one.day <= today]
    context = {
        "objective": found,
        "status": ObjectiveStatus(found, until, today, levels_today()),
        "trend": trend_of(found, known, today),
        "measurements": known[::-1] if request.GET.get("all") else known[: -SHOWN - 1 : -1],
        "number": len(known),
        "level": level_in_words(found.risk_level),
        "may_change": found.can_be_changed_by(person),
        "set": KIND.visible_to(person).filter(pk=found.set_id).first(),
        "may_measure": found.can_be_measured_by(person),
        "breadcrumbs": PAGES.path(found.title),
    }
    return page(request, "objectives/objective.html", context)


@both
def objective_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an objective of a draft; of an approved one who answers for it."""
    found = PAGES.get(request, pk, may="can_be_changed_by")
    form = ObjectiveForm(typed(request), row=found)

    def done(_none: None) -> str:
        return _told(_("It is saved."), found)

    return PAGES.change(request, found, form, change_objective, done=done)


@both
def objective_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an objective out of a draft."""
    found = PAGES.get(request, pk)
    _draft(request, found.set_id)
    return PAGES.confirm(
        *(request, found, remove_objective),
        title=_("Remove the objective"),
        after=found.set,
        done=_("It is removed."),
        text=_("Nothing of it stays in the draft."),
        submit_label=_("Remove"),
    )


@both
def objective_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an objective stands."""
    found = PAGES.get(request, pk, may="can_be_measured_by")
    form = MeasurementForm(typed(request), objective=found)
    words = {"title": _("Measure"), "done": _("It is saved.")}
    lead = f"{found.measured_by}. {found.counted}".strip()
    return PAGES.act(request, found, form, _measure, lead=lead, **words)


def _measure(found: Objective, *, by: Person, values: Mapping[str, Any]) -> Measurement:
    return measure_objective(found, by=by, **values)


def _told(done: str, found: Objective) -> str:
    """Return what is said of an objective that is saved; and whether a draft asks for nothing."""
    number = read_indicator(found.indicator) if found.indicator and found.set.is_draft else None
    if number is None or not found.is_reached_by(value := Decimal(number)):
        return done
    note = _("Note that it is reached from the beginning: today it is %(value)s.")
    return f"{done} {note % {'value': found.in_words(value)}}"


def _rows(person: Person) -> QuerySet[Objective]:
    rows = Objective.objects.visible_to(person)
    return rows.select_related("set", "owner", "area", "risk_level")


def _draft(request: HttpRequest, pk: int) -> ObjectiveSet:
    """Return a set for whoever drafts. Raises Http404, PermissionDenied; Refused for no draft."""
    found = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    if not found.can_be_drafted_by(person_of(request)):
        raise PermissionDenied
    refuse_unless(found, found.State.DRAFT)
    return found


PAGES = RowPages(lambda: Crumb(_("Objectives"), reverse("objectives")), _rows)
