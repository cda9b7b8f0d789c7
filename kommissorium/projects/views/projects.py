"""Pages of a project: what is told of it, its milestones, and its history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.evidence.models import Event, reference
from kommissorium.core.ui.form_pages import confirm_page, edit_page, typed
from kommissorium.core.ui.localised import kroner
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.core.ui.responses import page
from kommissorium.projects.actions.projects import (
    add_milestone,
    add_project,
    change_milestone,
    change_project,
    remove_milestone,
    tell_project,
)
from kommissorium.projects.forms import MilestoneForm, ProjectForm, UpdateForm
from kommissorium.projects.models import Milestone, Project, ProjectUpdate
from kommissorium.registers.foreseen import foreseen_as
from kommissorium.registers.views.history import history_page

both = require_http_methods(["GET", "POST"])


@both
def project_new(request: HttpRequest) -> HttpResponse:
    """Put a project on the list."""
    person = person_of(request)
    if not Project.can_be_changed_by(person):
        raise PermissionDenied
    form = ProjectForm(typed(request), by=person)
    return edit_page(
        request,
        form,
        lambda: add_project(by=person, values=form.values()),
        done=_("The project is on the list. Add its milestones."),
        title=_("New project"),
        cancel_url=reverse("projects"),
        breadcrumbs=path_of(_home(), _("New project")),
    )


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a project: how it stands, its milestones, the risks it lowers, and what was told."""
    found, person = _found(request, pk), person_of(request)
    seen = foreseen_as(person, found.risks)
    risks = [seen[key] for key in found.risks if key in seen]
    today = timezone.localdate()
    context = {
        "project": found,
        "milestones": [
            (one, one.reached_on is None and one.due < today) for one in found.milestones.all()
        ],
        "updates": found.updates.select_related("made_by"),
        "risks": risks,
        "hidden": len(found.risks) - len(risks),
        "may_tell": found.can_be_told_by(person),
        "may_change": found.can_be_changed_by(person),
        "breadcrumbs": path_of(_home(), found.title),
    }
    return page(request, "projects/project.html", context)


@both
def project_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a project is to reach, for how much and by when."""
    found, person = _found(request, pk), person_of(request)
    if not found.can_be_changed_by(person):
        raise PermissionDenied
    form = ProjectForm(typed(request), by=person, row=found)
    return edit_page(
        request,
        form,
        lambda: change_project(found, by=person, values=form.values(), edit_version=form.version),
        done=_("The project is saved."),
        in_form=form.theirs,
        **_frame(found, _("Edit")),
    )


@both
def project_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how a project stands; more spent than there is is saved, with a warning."""
    found, person = _told_by(request, _found(request, pk))
    form = UpdateForm(typed(request), project=found)
    return edit_page(
        request,
        form,
        lambda: tell_project(found, by=person, values=form.values()),
        done=_saved,
        lead=_("Told last: %(reason)s") % {"reason": found.now_reason},
        **_frame(found, _("Tell how it stands")),
    )


@both
def milestone_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a milestone to a project."""
    found, person = _told_by(request, _found(request, pk))
    form = MilestoneForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: add_milestone(found, by=person, values=form.values()),
        done=_("The milestone is added."),
        **_frame(found, _("New milestone")),
    )


@both
def milestone_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a milestone, or say when it was reached."""
    one = _milestone(request, pk)
    _project, person = _told_by(request, one.project)
    form = MilestoneForm(typed(request), row=one)
    return edit_page(
        request,
        form,
        lambda: change_milestone(one, by=person, values=form.values(), edit_version=form.version),
        done=_("The milestone is saved."),
        in_form=form.theirs,
        **_frame(one.project, one.title),
    )


@both
def milestone_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a milestone away."""
    one = _milestone(request, pk)
    _project, person = _told_by(request, one.project)
    return confirm_page(
        request,
        lambda: remove_milestone(one, by=person),
        done=_("The milestone is removed."),
        text=_("“%(title)s” stays in the history of the project.") % {"title": one.title},
        submit_label=_("Remove"),
        **_frame(one.project, _("Remove the milestone")),
    )


@require_GET
def project_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to a project, the newest first."""
    found = _found(request, pk)
    kind, key = reference(found)
    events = Event.objects.filter(Q(object_kind=kind, object_id=key))
    own = Crumb(found.title, found.get_absolute_url())
    return history_page(request, events, [_home(), own], found.title)


def _saved(made: ProjectUpdate) -> str:
    over = made.spent - made.budget
    if over <= 0:
        return _("It is saved.")
    text = _("It is saved. Note that %(kroner)s more are spent than the budget holds.")
    return text % {"kroner": kroner(over)}


def _found(request: HttpRequest, pk: int) -> Project:
    rows = Project.objects.visible_to(person_of(request)).standing_on().select_related("owner")
    found: Project = get_object_or_404(rows, pk=pk)
    return found


def _milestone(request: HttpRequest, pk: int) -> Milestone:
    seen = Project.objects.visible_to(person_of(request)).values("pk")
    rows = Milestone.objects.select_related("project").filter(project__in=seen)
    return get_object_or_404(rows, pk=pk)


def _told_by(request: HttpRequest, found: Project) -> tuple[Project, Any]:
    """Return the project and who asks. Raises PermissionDenied for who does not tell of it."""
    person = person_of(request)
    if not found.can_be_told_by(person):
        raise PermissionDenied
    return found, person


def _home() -> Crumb:
    return Crumb(_("Projects and measures"), reverse("projects"))


def _frame(found: Project, title: str) -> dict[str, Any]:
    """Return what the page of a form about it says, and where it leads."""
    own = Crumb(found.title, found.get_absolute_url())
    return {
        "title": title,
        "after": found,
        "cancel_url": found.get_absolute_url(),
        "breadcrumbs": path_of(_home(), own, title),
    }
