"""Pages of awareness beside those of any activity: figures, who took a course, evaluations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.awareness.actions.evaluations import draft_evaluation
from kommissorium.awareness.actions.figures import change_settings, note_completion, write_figures
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.forms import CompletionForm, FiguresForm, SettingsForm
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessActivity, AwarenessSettings, Sort
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.registers.views.proposals import proposal_page

both = require_http_methods(["GET", "POST"])


@both
def awareness_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the figures of a group."""
    found, person = _found(request, pk), person_of(request)
    if not found.can_be_held_by(person):
        raise PermissionDenied
    form = FiguresForm(typed(request), activity=found)
    return edit_page(
        request,
        form,
        lambda: write_figures(found, by=person, values=form.values()),
        done=_("The figures are written."),
        lead=_("Fewer than five people are never shown as a group of their own."),
        **_frame(found, _("Write figures")),
    )


@both
def awareness_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who took a course."""
    found, person = _found(request, pk), person_of(request)
    if not person.is_coordinator or found.sort != Sort.COURSE or not found.can_be_held_by(person):
        raise PermissionDenied
    form = CompletionForm(typed(request), activity=found)
    return edit_page(
        request,
        form,
        lambda: note_completion(found, by=person, values=form.values()),
        done=_("It is noted who took it."),
        **_frame(found, _("Note who took it")),
    )


@both
def awareness_settings(request: HttpRequest) -> HttpResponse:
    """Say how long it is kept who took which course."""
    person = person_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    form = SettingsForm(typed(request), row=AwarenessSettings.current())
    return edit_page(
        request,
        form,
        lambda: change_settings(by=person, values=form.values(), edit_version=form.version),
        done=_("The settings are saved."),
        after="awareness",
        in_form=form.theirs,
        title=_("Settings of awareness"),
        cancel_url=reverse("awareness"),
        breadcrumbs=path_of(_home(), _("Settings")),
    )


@require_POST
def awareness_evaluation_new(request: HttpRequest) -> HttpResponse:
    """Draft the evaluation of the half-year that ended last."""
    return redirect(draft_evaluation(by=person_of(request)))


@require_GET
def awareness_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation: what was approved as it was frozen, a draft with the figures of today."""
    found = get_object_or_404(EVALUATION.visible_to(person_of(request)), pk=pk)
    told = EVALUATION.said(found)
    return proposal_page(
        *(request, EVALUATION, found, "awareness/evaluation.html"),
        figures=told["figures"],
        held=told["held"],
    )


def _found(request: HttpRequest, pk: int) -> AwarenessActivity:
    found: AwarenessActivity = get_object_or_404(KIND.visible_to(person_of(request)), pk=pk)
    return found


def _home() -> Crumb:
    return Crumb(_("Awareness"), reverse("awareness"))


def _frame(found: AwarenessActivity, title: str) -> dict[str, Any]:
    """Return what the page of a form about it says, and where it leads."""
    own = Crumb(found.title, found.get_absolute_url())
    return {
        "title": title,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_of(_home(), own, title),
    }
