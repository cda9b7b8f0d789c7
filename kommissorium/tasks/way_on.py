"""Way on from the page of a task to the thing it was given for, where more is to be said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kommissorium.accounts.models import Person
from kommissorium.core.ui.todo import Todo
from kommissorium.tasks.models import Task

# Who knows a page that the person may open: the room of that page puts itself here.
WAYS: Final[list[Callable[[Task, Person], Todo | None]]] = []


def way_on(task: Task, person: Person) -> Todo | None:
    """Return the page to go on to and a sentence of it; None where no room has one."""
    found = (way(task, person) for way in WAYS)
    return next((one for one in found if one), None)
