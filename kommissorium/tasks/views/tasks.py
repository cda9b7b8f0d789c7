"""The list of tasks, narrowed and sorted, on the page and as a workbook; and one task."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.history import history_of
from kommissorium.accounts.models import Municipality, Person, danish_order
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import paged, sorted_by
from kommissorium.core.ui.responses import download_workbook, page
from kommissorium.tasks.forms import DoneForm, TaskFilter
from kommissorium.tasks.models import Delegation, QuarterTask, Task, TaskQuerySet
from kommissorium.tasks.quarters import next_quarter, quarter_of
from kommissorium.tasks.todo import way_on
from kommissorium.tasks.views import crumbs, task_for

WAITING, MINE, AREA, EVERYBODY = "waiting", "mine", "area", "all"
COLUMNS = {"title": "title_order", "owner": "owner_order", "due": "due", "state": "state"}
ORDERED = {"title_order": danish_order("title"), "owner_order": danish_order("owner__name")}


def view_of(request: HttpRequest) -> str:
    """Return what ?view= asks for: what waits, where nothing is asked for, or whose tasks.

    Whoever only narrows or sorts means their own.
    """
    view = request.GET.get("view", "" if request.GET else WAITING)
    return view if view in {WAITING, MINE, AREA, EVERYBODY} else MINE


def filter_of(request: HttpRequest, person: Person) -> TaskFilter:
    """Return what the address narrows the list to (two queries)."""
    committees = list(Committee.objects.visible_to(person))
    chosen = QuarterTask.objects.filter(committee__in=committees).order_by("-quarter")
    now = quarter_of(timezone.localdate())
    known = {now, next_quarter(now), *chosen.values_list("quarter", flat=True).distinct()}
    quarters = sorted(known, reverse=True)
    return TaskFilter(request.GET, committees=committees, quarters=quarters)


def listed(request: HttpRequest, person: Person, narrowed: TaskFilter) -> QuerySet[Task]:
    """Return the tasks the address asks for, those due first first."""
    found = narrow(_whose(view_of(request), person), narrowed, timezone.localdate())
    shown = found.select_related("owner", "committee").annotate(**ORDERED)
    return sorted_by(shown, request, COLUMNS, "due")


def narrow(tasks: TaskQuerySet, narrowed: TaskFilter, on: date) -> TaskQuerySet:
    """Return those of the tasks that fit what was wished for."""
    match narrowed.value("state"):
        case "overdue":
            tasks = tasks.overdue(on)
        case "done" | "dropped" as state:
            tasks = tasks.filter(state=state)
        case "all":
            pass
        case _:
            tasks = tasks.open()
    if committee := narrowed.value("committee"):
        tasks = tasks.filter(committee=int(committee))
    if quarter := narrowed.value("quarter"):
        rows = QuarterTask.objects.filter(quarter=date.fromisoformat(quarter))
        tasks = tasks.filter(pk__in=rows.values("task"))
    return tasks.found_by(narrowed.value("q"))


def _whose(view: str, person: Person) -> TaskQuerySet:
    if view == AREA:
        return Task.objects.area(person)
    visible = Task.objects.visible_to(person)
    return visible if view == EVERYBODY else visible.filter(owner=person)


SHOWN_EVENTS = 50


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, their tasks, those of their area, or all they may read."""
    person = person_of(request)
    narrowed, view = filter_of(request, person), view_of(request)
    context = {
        "tasks": None if view == WAITING else paged(listed(request, person, narrowed), request),
        "narrowed": narrowed,
        "view": view,
        "views": [
            (WAITING, _("Waits for you")),
            (MINE, _("Mine")),
            (AREA, _("My area")),
            (EVERYBODY, _("All")),
        ],
        "has_department": bool(person.department.strip()),
        "committees": narrowed.committees,
        "quarter": quarter_of(timezone.localdate()),
        "export_query": request.GET.urlencode(),
    }
    return page(request, "tasks/tasks.html", context)


@require_GET
def tasks_export(request: HttpRequest) -> FileResponse:
    """Return the list as it is narrowed and sorted, as an Excel workbook."""
    person = person_of(request)
    rows = listed(request, person, filter_of(request, person))
    sheet = Sheet(_("Tasks"), _columns(), _rows(rows))
    name = f"{_('tasks')}-{timezone.localdate()}.xlsx"
    return download_workbook([sheet], name, title=_("Tasks"), author=Municipality.current().name)


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task, what became of it, and what the person can do with it."""
    found, person = task_for(request, pk), person_of(request)
    events = list(Event.objects.about(found)[:SHOWN_EVENTS])
    delegations = list(found.delegations.select_related("from_person", "to_person"))
    context = {
        "task": found,
        "answered": [one for one in delegations if one.answered_at],
        "endings": list(found.endings.select_related("by")),
        "quarters": list(found.quarters.select_related("committee")),
        "entries": history_of(found, events, person),
        "follows": _follows(found, person),
        "way_on": way_on(found, person),
        "breadcrumbs": crumbs(found),
        **_powers(found, person, next((one for one in delegations if not one.answered_at), None)),
    }
    return page(request, "tasks/task.html", context)


def _follows(found: Task, person: Person) -> bool:
    """Return whether the person may go where the task comes from."""
    committee = found.committee
    if committee is None:
        return True
    return Committee.objects.visible_to(person).filter(pk=committee.pk).exists()


def _powers(found: Task, person: Person, asked: Delegation | None) -> dict[str, Any]:
    """Return what the person can do with the task now; `asked` is the unanswered request."""
    open_now, is_owner = found.is_open, found.owner_id == person.pk
    may_change = found.can_be_changed_by(person)
    is_asked = bool(open_now and asked and asked.can_be_answered_by(person))
    return {
        "asked": asked,
        "is_asked": is_asked,
        "may_withdraw": bool(
            asked and (asked.from_person_id == person.pk or is_owner or may_change)
        ),
        "done_form": DoneForm() if open_now and is_owner and not is_asked else None,
        "may_finish": open_now and may_change and not is_owner,
        "may_change": open_now and may_change,
        "may_delegate": open_now and asked is None and (is_owner or may_change),
        "may_reopen": not open_now and may_change,
    }


def _columns() -> list[Column]:
    return [
        Column(_("Task")),
        Column(_("Responsible")),
        Column(_("Due"), kind="date"),
        Column(_("State")),
        Column(_("Done"), kind="date"),
        Column(_("What was done, or why not")),
        Column(_("Committee")),
        Column(_("Description")),
        Column(_("Link"), kind="link"),
    ]


def _rows(found: QuerySet[Task]) -> Iterator[tuple[Any, ...]]:
    overdue = _("Overdue")
    for task in found.iterator():
        yield (
            task.title,
            task.owner.name,
            task.due,
            overdue if task.is_overdue else task.get_state_display(),
            timezone.localdate(task.done_at) if task.done_at else None,
            task.done_word or task.dropped_because,
            task.committee.name if task.committee else "",
            task.description,
            f"{settings.SITE_URL}{reverse('task', args=[task.pk])}",
        )
