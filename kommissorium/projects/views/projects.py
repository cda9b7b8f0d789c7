"""Pages of a project: what is told of it, its milestones, and its history."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import typed
from kommissorium.core.ui.localised import kroner
from kommissorium.core.ui.navigation import Crumb
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
from kommissorium.registers.offered import foreseen_as
from kommissorium.registers.views.row_pages import RowPages

both = require_http_methods(["GET", "POST"])


@both
def project_new(request: HttpRequest) -> HttpResponse:
    """Put a project on the list."""
    form = ProjectForm(typed(request), by=person_of(request))
    done = _("The project is on the list. Add its milestones.")
    return PAGES.add(request, form, add_project, title=_("New project"), done=done)


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a project: how it stands, its milestones, the risks it lowers, and what was told."""
    found, person = PAGES.get(request, pk), person_of(request)
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
        "breadcrumbs": PAGES.path(found.title),
    }
    return page(request, "projects/project.html", context)


@both
def project_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a project is to reach, for how much and by when."""
    found = PAGES.get(request, pk, may="can_be_changed_by")
    form = ProjectForm(typed(request), by=person_of(request), row=found)
    return PAGES.change(request, found, form, change_project, done=_("It is saved."))


@both
def project_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how a project stands; more spent than there is is saved, with a warning."""
    found = PAGES.get(request, pk, may="can_be_told_by")
    form, lead = UpdateForm(typed(request), project=found), _("Last reported: %(reason)s")
    more = {"title": _("Report its status"), "lead": lead % {"reason": found.now_reason}}
    return PAGES.act(request, found, form, tell_project, done=_saved, **more)


@both
def milestone_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a milestone to a project."""
    found, form = PAGES.get(request, pk, may="can_be_told_by"), MilestoneForm(typed(request))
    words = {"title": _("New milestone"), "done": _("It is added.")}
    return PAGES.act(request, found, form, add_milestone, **words)


@both
def milestone_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a milestone, or say when it was reached."""
    one, found = _milestone(request, pk)
    form, frame = MilestoneForm(typed(request), row=one), PAGES.frame(found, one.title)
    done = _("It is saved.")
    return PAGES.change(request, one, form, change_milestone, done=done, frame=frame)


@both
def milestone_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a milestone away."""
    one, found = _milestone(request, pk)
    title = _("Remove the milestone")
    return PAGES.confirm(
        *(request, one, remove_milestone),
        title=title,
        frame=PAGES.frame(found, title),
        done=_("It is removed."),
        text=_("“%(title)s” stays in the history of the project.") % {"title": one.title},
        submit_label=_("Remove"),
    )


@require_GET
def project_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to a project, the newest first."""
    return PAGES.history(request, pk)


def _saved(made: ProjectUpdate) -> str:
    over = made.spent - made.budget
    if over <= 0:
        return _("It is saved.")
    text = _("It is saved. Note that %(kroner)s more are spent than the budget holds.")
    return text % {"kroner": kroner(over)}


def _rows(person: Person) -> QuerySet[Project]:
    return Project.objects.visible_to(person).standing_on().select_related("owner")


def _milestone(request: HttpRequest, pk: int) -> tuple[Milestone, Project]:
    """Return a milestone and its project, for whoever tells how that stands."""
    one = get_object_or_404(Milestone, pk=pk)
    return one, PAGES.get(request, one.project_id, may="can_be_told_by")


PAGES = RowPages(lambda: Crumb(_("Projects and measures"), reverse("projects")), _rows)
