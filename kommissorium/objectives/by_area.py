"""What is realised and what is complied with, area by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kommissorium.objectives.status import ObjectiveStatus


class OfArea(NamedTuple):
    """The objectives of an area: how many there are, were reached at some time, and still are."""

    name: str
    objectives: int
    realised: int
    complied: int


def by_area(statuses: Iterable[ObjectiveStatus]) -> list[OfArea]:
    """Return a row for each area that has objectives, those of the whole municipality first."""
    whole, realised, complied = Counter[str](), Counter[str](), Counter[str]()
    for one in sorted(statuses, key=_place):
        name = one.objective.area_name
        whole[name] += 1
        realised[name] += one.is_realised
        complied[name] += one.is_complied_with
    return [OfArea(name, whole[name], realised[name], complied[name]) for name in whole]


def _place(one: ObjectiveStatus) -> tuple[bool, str]:
    return one.objective.area_id is not None, one.objective.area_name
