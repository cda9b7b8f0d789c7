"""To-do items of the statement of applicability on the overview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kommissorium.accounts.models import Person
from kommissorium.controls.models import Control
from kommissorium.controls.signals import OPEN, SIGNALS, UNSAID
from kommissorium.controls.status import statuses_of
from kommissorium.core.ui.todo import Todo


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield controls of which nothing is decided, for coordinators, and of which their owner has
    not said how they are met (one query: what shows them is not asked for)."""
    rows = statuses_of(Control.objects.all(), day, ())
    if Control.can_be_kept_by(person):
        yield from SIGNALS.todos(SIGNALS.counted(rows, OPEN), OPEN)
    own = [one for one in rows if one.control.owner_id == person.pk]
    yield from SIGNALS.todos(SIGNALS.counted(own, UNSAID), UNSAID, own=True)
