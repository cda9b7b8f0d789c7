"""The list of tasks: whose they are, filters and sorting."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from kommissorium.accounts.models import Person, danish_order
from kommissorium.committees.models import Committee
from kommissorium.core.ui.pagination import sorted_by
from kommissorium.tasks.forms import TaskFilter
from kommissorium.tasks.models import QuarterTask, Task, TaskQuerySet
from kommissorium.tasks.quarters import next_quarter, quarter_of

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
