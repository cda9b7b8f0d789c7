"""To-do items of awareness: those of activities, and the half-year to evaluate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.awareness.evaluation import half_to_evaluate
from kommissorium.awareness.kind import KIND
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.activity_register import activity_todos


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield activities the person is to hold; for coordinators also the half-year to evaluate."""
    yield from activity_todos(KIND, person, day)
    if not person.is_coordinator:
        return
    if half := half_to_evaluate(day):  # of a draft the frame tells
        text = _("Awareness of %(half)s is to be evaluated.") % {"half": half.label}
        url = f"{reverse('awareness')}#evaluations"
        yield Todo(text, _("Evaluate it"), url, due=half.due, minutes=90)
