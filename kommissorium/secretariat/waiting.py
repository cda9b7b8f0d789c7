"""What waits for who is signed in: asked for once in a request, and kept for the menu.

The menu of every page shows how many things wait. The number is kept in the memory of the process
with the last event of the chain: whatever is done leaves an event, so it holds until there is a
later one, and a few minutes at most, for what the clock alone changes.
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
MOST_KEPT: Final = 2000  # people
HELD: Final = "_waiting"  # on the request


@dataclass(frozen=True, slots=True)
class Kept:
    """How many things waited for a person, when, and the chain's last event then."""

    number: int
    at: datetime
    head: str


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
    """Return how many things wait; one query where nothing has been done since it was counted."""
    if hasattr(request, HELD):
        return len(waiting_of(request, person))
    kept = _numbers.get(person.pk)
    if kept and timezone.now() - kept.at < LASTS and _is_today(kept.at) and kept.head == _head():
        return kept.number
    return len(waiting_of(request, person))


def forget_numbers() -> None:
    """Count anew: for tests that write rows without an event."""
    _numbers.clear()


def _keep(person: Person, number: int, head: str) -> None:
    if len(_numbers) >= MOST_KEPT:
        _numbers.clear()
    _numbers[person.pk] = Kept(number, timezone.now(), head)


def _head() -> str:
    return Event.objects.order_by("-seq").values_list("hash", flat=True).first() or ""


def _is_today(moment: datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate()
