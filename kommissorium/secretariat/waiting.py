"""What waits for the signed-in person, and the number of it that the menu of every page shows.

The list is kept until something is done (core/evidence/kept.py). The menu's number may be a minute
behind what others do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.kept import Kept, KeptAnswers
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.todo import Todo
from kommissorium.secretariat.committee_status import CommitteeStatus
from kommissorium.secretariat.todo import waits_for

OTHERS: Final = timedelta(minutes=1)  # so long what others do may wait to be counted
HELD: Final = "_waiting"  # on the request
KEPT: Final = KeptAnswers[int, tuple[Todo, ...]](most=500)  # people


def waiting_of(
    request: HttpRequest, person: Person, statuses: Sequence[CommitteeStatus] | None = None
) -> list[Todo]:
    """Return what waits for the person; one query where what is kept still holds."""
    found: list[Todo] | None = getattr(request, HELD, None)
    if found is None:
        found = list(KEPT.answer(person.pk, lambda: tuple(waits_for(person, statuses))))
        setattr(request, HELD, found)
    return found


def number_waiting(request: HttpRequest, person: Person) -> int:
    """Return how many things wait; one query where the number that is kept still holds."""
    kept = None if hasattr(request, HELD) else KEPT.young(person.pk)
    return len(kept.value if kept and _holds(kept, person) else waiting_of(request, person))


def _holds(kept: Kept[tuple[Todo, ...]], person: Person) -> bool:
    later = Event.objects.filter(seq__gt=kept.end[0])
    if timezone.now() - kept.at < OTHERS:
        later = later.filter(actor=str(person.pseudonym))
    return not later.exists()
