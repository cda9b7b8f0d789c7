"""To-do items of continuity: those of tests, evaluations to write, and missing plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import ContinuityPlan, ContinuityTest, Service
from kommissorium.continuity.service_status import (
    LACKING,
    SERVICES,
    UNASSESSED,
    statuses_of,
    unevaluated,
)
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.activity_register import activity_todos

EVALUATED: Final = timedelta(days=60)  # within which a test is to be evaluated


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield what the person is to hold, to evaluate and to write."""
    yield from activity_todos(KIND, person, today)
    services = Service.objects.in_use()
    if not person.is_coordinator:
        services = services.filter(responsible=person)
    rows = statuses_of(services, today)
    if person.is_coordinator:
        yield from _to_evaluate()
        yield from SERVICES.todos(SERVICES.counted(rows), UNASSESSED, LACKING)
    lacking = [one.service for one in rows if LACKING.holds(one)]
    begun = ContinuityPlan.objects.open().filter(service__responsible=person)
    written = set(begun.values_list("service", flat=True)) if lacking else ()
    for one in lacking:
        if one.responsible_id == person.pk and one.pk not in written:
            text = _("“%(service)s” lacks plans.") % {"service": one.title}
            yield Todo(text, _("Write them"), one.get_absolute_url(), minutes=120)


def _to_evaluate() -> Iterator[Todo]:
    tests = ContinuityTest.objects.approved()  # of a draft the frame tells
    for one in unevaluated(tests, "draft", "proposed", "approved"):
        text = _("“%(title)s” is to be evaluated.") % {"title": one.title}
        due = one.held_on + EVALUATED if one.held_on else None
        yield Todo(text, _("Evaluate it"), one.get_absolute_url(), due=due, minutes=45)
