"""What is realised and what is complied with, area by area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kommissorium.objectives.status import ObjectiveStatus


@dataclass(frozen=True, slots=True)
class OfArea:
    """The objectives of an area: how many there are, were reached at some time, and still are."""

    name: str
    objectives: int
    realised: int
    complied: int


def by_area(statuses: Iterable[ObjectiveStatus]) -> list[OfArea]:
    """Return a row for each area that has objectives, those of the whole municipality first."""
    found: dict[tuple[bool, str], list[ObjectiveStatus]] = {}
    for one in statuses:
        key = (one.objective.area_id is not None, one.objective.area_name)
        found.setdefault(key, []).append(one)
    return [
        OfArea(
            name,
            len(rows),
            sum(one.is_realised for one in rows),
            sum(one.is_complied_with for one in rows),
        )
        for (_is_area, name), rows in sorted(found.items())
    ]
