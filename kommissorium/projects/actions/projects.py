"""Put projects on the list, change them and their milestones, and tell how they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row, refuse_gone, update_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.projects.models import Milestone, Project, ProjectUpdate, Standing
from kommissorium.registers.offered import foreseen, foreseen_as


@transaction.atomic
def add_project(*, by: Person, values: Mapping[str, Any]) -> Project:
    """Put a project on the list; it is green until something else is told. Raises Refused."""
    if not Project.can_be_changed_by(by):
        raise PermissionDenied
    cleaned = _cleaned(values, by)
    made: Project = Project.objects.create(**cleaned, made_by=by, made_at=timezone.now())
    words = {"standing": Standing.GREEN, "reason": _("The project is put on the list."), "spent": 0}
    _tell(made, by, words)
    record("projects.project_added", made, by=by, facts=_facts(made))
    return made


@transaction.atomic
def change_project(
    project: Project, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Change what a project is to reach, for how much and by when. Raises Refused, Conflict."""
    if not project.can_be_changed_by(by):
        raise PermissionDenied
    cleaned = _cleaned(values, by, kept=project.risks)
    _hold(project)
    for one in project.milestones.all():
        if not cleaned["begins"] <= one.due <= cleaned["due"]:
            text = _("The milestone “%(title)s” of %(day)s would lie outside the project.")
            raise Refused(due=text % {"title": one.title, "day": day(one.due)})
    change_row(
        project,
        cleaned,
        edit_version=edit_version,
        act="projects.project_changed",
        by=by,
        facts=_facts,
    )


@transaction.atomic
def tell_project(project: Project, *, by: Person, values: Mapping[str, Any]) -> ProjectUpdate:
    """Tell how a project stands today. More spent than there is, is kept: the page warns."""
    if not project.can_be_told_by(by):
        raise PermissionDenied
    cleaned = clean_fields(ProjectUpdate, values)
    made = _tell(_hold(project), by, cleaned)
    told = {name: getattr(made, name) for name in ("standing", "spent", "asked", "budget")}
    record("projects.project_told", project, by=by, facts=_facts(project) | told)
    return made


@transaction.atomic
def add_milestone(project: Project, *, by: Person, values: Mapping[str, Any]) -> Milestone:
    """Add a milestone. Raises Refused for a day outside the project, and for one to come."""
    if not project.can_be_told_by(by):
        raise PermissionDenied
    cleaned = _milestone(_hold(project), values)
    made: Milestone = project.milestones.create(**cleaned)
    record("projects.milestone_added", project, by=by, facts=_of_milestone(made))
    return made


@transaction.atomic
def change_milestone(
    milestone: Milestone, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Move a milestone, or say when it was reached. Raises Refused, Conflict."""
    project = milestone.project
    if not project.can_be_told_by(by):
        raise PermissionDenied
    cleaned = _milestone(_hold(project), values)
    refuse_gone(milestone)
    update_row(milestone, cleaned, edit_version=edit_version)
    record("projects.milestone_changed", project, by=by, facts=_of_milestone(milestone))


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: Person) -> None:
    """Take a milestone away that nobody is to reach any more."""
    if not milestone.project.can_be_told_by(by):
        raise PermissionDenied
    refuse_gone(milestone)
    facts = _of_milestone(milestone)
    milestone.delete()
    record("projects.milestone_removed", milestone.project, by=by, facts=facts)


def _hold(project: Project) -> Project:
    """Return the project as it is now, and let nobody else change it meanwhile."""
    return Project.objects.select_for_update().get(pk=project.pk)


def _tell(project: Project, by: Person, cleaned: Mapping[str, Any]) -> ProjectUpdate:
    made: ProjectUpdate = project.updates.create(
        **cleaned,
        budget=project.budget,
        day=timezone.localdate(),
        made_by=by,
        made_at=timezone.now(),
    )
    return made


def _cleaned(values: Mapping[str, Any], by: Person, kept: Collection[str] = ()) -> dict[str, Any]:
    """Return what a project says; risks that who writes does not read stay as they were."""
    found = clean_fields(Project, values)
    if found["owner"] is None:
        raise Refused(owner=_("Choose a person."))
    if found["due"] < found["begins"]:
        raise Refused(due=_("The project cannot be finished before it begins."))
    seen = {one.key for one in foreseen(by, [])} | set(foreseen_as(by, kept))
    if set(found["risks"]) - seen - set(kept):
        raise Refused(risks=_("Choose from the list."))
    hidden = [key for key in kept if key not in seen]
    found["risks"] = sorted({*found["risks"], *hidden})
    return found


def _milestone(project: Project, values: Mapping[str, Any]) -> dict[str, Any]:
    found = clean_fields(Milestone, values)
    if not project.begins <= found["due"] <= project.due:
        text = _("Choose a day of the project, from %(first)s to %(last)s.")
        raise Refused(due=text % {"first": day(project.begins), "last": day(project.due)})
    if found["reached_on"] and found["reached_on"] > timezone.localdate():
        raise Refused(reached_on=_("The day has not come yet. Choose today or an earlier day."))
    return found


def _facts(project: Project) -> dict[str, Any]:
    return {
        **{name: getattr(project, name) for name in ("title", "budget", "begins", "due")},
        "risks": list(project.risks),
    }


def _of_milestone(one: Milestone) -> dict[str, Any]:
    return {"milestone": one.title, "due": one.due, "reached": one.reached_on}
