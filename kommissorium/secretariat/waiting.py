"""Number of things that wait for the signed-in person: asked once per request, for the menu.

The menu of every page shows how many things wait. The number is kept in the memory of the process
with the last event of the chain: whatever is done leaves an event. What the person does is counted
at once, what others do within a minute, and what the clock alone changes within five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.todo import Todo
from kommissorium.secretariat.committee_status import CommitteeStatus
from kommissorium.secretariat.todo import waits_for

LASTS: Final = timedelta(minutes=5)
OTHERS: Final = timedelta(minutes=1)  # so long what others do may wait to be counted
MOST_KEPT: Final = 2000  # people
HELD: Final = "_waiting"  # on the request


@dataclass(frozen=True, slots=True)
class Kept:
    """Number of things that waited for a person, when, and the chain's last event at the time."""

    number: int
    at: datetime
    head: int


_numbers: dict[int, Kept] = {}


def waiting_of(
    request: HttpRequest, person: Person, statuses: Sequence[CommitteeStatus] | None = None
) -> list[Todo]:
    """Return what waits for the person, asked for once in the request."""
    found: list[Todo] | None = getattr(request, HELD, None)
    if found is None:
        head = _head()
        found = waits_for(person, statuses)
        setattr(request, HELD, found)
        _keep(person, len(found), head)
    return found


def number_waiting(request: HttpRequest, person: Person) -> int:
    """Return how many things wait; one query where the number that is kept still holds."""
    if hasattr(request, HELD):
        return len(waiting_of(request, person))
    kept = _numbers.get(person.pk)
    if kept and _holds(kept, person):
        return kept.number
    return len(waiting_of(request, person))


def forget_numbers() -> None:
    """Count anew: for tests that write rows without an event."""
    _numbers.clear()


def _keep(person: Person, number: int, head: int) -> None:
    if len(_numbers) >= MOST_KEPT:
        _numbers.clear()
    _numbers[person.pk] = Kept(number, timezone.now(), head)


def _holds(kept: Kept, person: Person) -> bool:
    age = timezone.now() - kept.at
    if age >= LASTS or timezone.localdate(kept.at) != timezone.localdate():
        return False
    later = Event.objects.filter(seq__gt=kept.head)
    if age < OTHERS:
        later = later.filter(actor=str(person.pseudonym))
    return not later.exists()


def _head() -> int:
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
