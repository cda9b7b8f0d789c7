"""Pages of awareness beside those of any activity: figures, who took a course, evaluations."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommissorium.accounts.signed_in import person_of
from kommissorium.awareness.actions.figures import change_settings, note_completion, write_figures
from kommissorium.awareness.evaluation import EVALUATION, of_last_half
from kommissorium.awareness.forms import CompletionForm, FiguresForm, SettingsForm
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import Sort
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.registers.actions.evaluations import draft_evaluation
from kommissorium.registers.views.activities import activity_frame, activity_home, activity_of
from kommissorium.registers.views.settings import settings_page

both = require_http_methods(["GET", "POST"])


@both
def awareness_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the figures of a group."""
    found, person = activity_of(KIND, request, pk), person_of(request)
    if not found.can_be_held_by(person):
        raise PermissionDenied
    form = FiguresForm(typed(request), activity=found)
    return edit_page(
        request,
        form,
        lambda: write_figures(found, by=person, values=form.values()),
        done=_("The figures are written."),
        lead=_("Fewer than five people are never shown as a group of their own."),
        **activity_frame(KIND, found, _("Write figures")),
    )


@both
def awareness_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who took a course."""
    found, person = activity_of(KIND, request, pk), person_of(request)
    if not person.is_coordinator or found.sort != Sort.COURSE or not found.can_be_held_by(person):
        raise PermissionDenied
    form = CompletionForm(typed(request), activity=found)
    return edit_page(
        request,
        form,
        lambda: note_completion(found, by=person, values=form.values()),
        done=_("It is noted who took it."),
        **activity_frame(KIND, found, _("Note who took it")),
    )


@both
def awareness_settings(request: HttpRequest) -> HttpResponse:
    """Say how long it is kept who took which course."""
    home, title = activity_home(KIND), _("Settings of awareness")
    return settings_page(request, SettingsForm, change_settings, home, title)


@require_POST
def awareness_evaluation_new(request: HttpRequest) -> HttpResponse:
    """Draft the evaluation of the half-year that ended last."""
    by = person_of(request)
    return redirect(draft_evaluation(EVALUATION, by=by, **of_last_half()))
