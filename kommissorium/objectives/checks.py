"""R2: the committee has set objectives for the year, each owned, linked and measured in time.

So they show ISO 27001, 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.signals import (
    LATE,
)
from kommissorium.objectives.status import statuses_on
from kommissorium.registers.requirements import Says, Shown

REQUIREMENTS: Final = ("ISO 27001 6.2",)


def shown_by_objectives(day: date) -> Iterator[Shown]:
    """Yield the sets in force and each objective as it was measured (two queries)."""
    found = statuses_on(day)
    for held in {one.objective.set_id: one.objective.set for one in found}.values():
        key, title, link = f"{KIND.kind}:{held.pk}", KIND.title_of(held), held.get_absolute_url()
        since = held.in_force_from
        yield Shown(key, title, link, Says.LAID_DOWN, since, None, REQUIREMENTS)
    for one in found:
        says = Says.AGAINST if LATE.holds(one) else Says.CARRIED_OUT
        row, note = one.objective, one.progress.label
        day_of = one.latest.day if one.latest else one.next_due
        key, link = f"objectives.objective:{row.pk}", row.get_absolute_url()
        yield Shown(key, row.title, link, says, day_of, None, REQUIREMENTS, note)
