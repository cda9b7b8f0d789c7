"""To-do items of projects and measures on the overview, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.measures.periods import Quarter
from kommissorium.projects.models import MeasureState, Project
from kommissorium.projects.proposal import quarter_owed
from kommissorium.projects.signals import (
    MEASURES,
    PROJECTS,
    UNOWNED,
    WITHOUT_OWNER,
    silent_since,
)
from kommissorium.registers.counts import counts_of


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield what the person is to tell; for coordinators the status to begin, and who is missing."""
    yield from measures_to_tell(person)
    yield from projects_to_tell(person, day)
    if person.is_coordinator:
        yield from _of_coordinator(day)


def measures_to_tell(person: Person) -> Iterator[Todo]:
    """Yield the measures of theirs whose state in a quarter is to be said (one query)."""
    for state in waiting_states().filter(measure__owner=person):
        if not state.is_whole:
            yield Todo(
                _state_text(state),
                _("Report its status"),
                reverse("measure_state", args=[state.measure_id]),
                due=state.status.quarter.due,
            )


def projects_to_tell(person: Person, today: date) -> Iterator[Todo]:
    """Yield the projects of theirs that are silent (one query)."""
    for one in _silent(today).filter(owner=person):
        url = reverse("project_tell", args=[one.pk])
        yield Todo(_project_text(one), _("Report its status"), url, due=Quarter.of(today).last)


def _of_coordinator(today: date) -> Iterator[Todo]:
    if quarter := quarter_owed(today):  # of a draft the frame tells
        text = _("The status of the security work in %(quarter)s is to be begun.")
        url = f"{reverse('project_measures')}#statuses"
        text %= {"quarter": quarter.label}
        yield Todo(text, _("Begin"), url, due=quarter.due, minutes=90)
    counts = counts_of("projects")
    yield from PROJECTS.todos(counts, WITHOUT_OWNER)
    yield from MEASURES.todos(counts, UNOWNED)


def reminders_on(day: date) -> Iterator[Reminder]:
    """Yield a line to each owner for what the quarter asks of them, once a quarter."""
    for state in waiting_states():
        owner = state.measure.owner
        if owner and owner.is_active and not state.is_whole:
            with translation.override(owner.language):
                url = reverse("measure_state", args=[state.measure_id])
                words = _state_text(state), url, _("Technical measures")
            yield Reminder(owner, f"measure_state:{state.pk}", *words)
    for one in _silent(day):
        if one.owner and one.owner.is_active:
            with translation.override(one.owner.language):
                words = _project_text(one), one.get_absolute_url(), _("Security projects")
            yield Reminder(one.owner, f"project:{one.pk}:{Quarter.of(day)}", *words)


def waiting_states() -> QuerySet[MeasureState]:
    """Return the states of the drafts there are."""
    rows = MeasureState.objects.filter(status__state="draft")
    return rows.select_related("measure__owner", "status").order_by("pk")


def _silent(today: date) -> QuerySet[Project]:
    rows = Project.objects.silent_since(silent_since(today))
    return rows.select_related("owner").order_by("due", "pk")


def _state_text(state: MeasureState) -> str:
    words = {"title": state.measure.title, "quarter": state.status.quarter.label}
    return _("%(title)s: say how it stood in %(quarter)s.") % words


def _project_text(one: Project) -> str:
    return _("%(title)s: report how the project stands.") % {"title": one.title}
