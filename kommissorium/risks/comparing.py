"""Comparison of the risks of one assessment with those of the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from kommissorium.risks.levels import STEPS
from kommissorium.risks.models import Assessment, Band, Scale, Scenario

type Movement = Literal["new", "gone", "up", "down", "same", "other"]

# The movements in the order they are shown.
ORDER: Final[Sequence[Movement]] = ("up", "new", "down", "gone", "other", "same")
# What of an accepted risk may not change, beside what it is about.
ACCEPTED: Final = ("title", "group", *STEPS, "consequence", "rank", "treatment", "residual_rank")
# What of a scale gives the scores their meaning.
MEANING: Final = ("likelihoods", "consequences", "bands", "cells")


@dataclass(frozen=True, slots=True)
class Change:
    """One risk then and now; the band is None where there was none, or no score.

    `movement` is that of the risk before treatment; where that is the same, of what is left
    after it. "other" is a risk scored by scales that cannot be compared.
    """

    movement: Movement
    title: str
    then: Scenario | None
    now: Scenario | None
    then_band: Band | None
    now_band: Band | None
    then_left: Band | None
    now_left: Band | None


def compare(before: Assessment, after: Assessment) -> list[Change]:
    """Return what became of each risk, the worse first (two queries and the scales)."""
    then = {one.lineage: one for one in before.scenarios.all()}
    now = {one.lineage: one for one in after.scenarios.all()}
    scales = before.scale, after.scale
    changes = [
        _change(then.get(key), now.get(key), *scales) for key in dict.fromkeys([*now, *then])
    ]
    return sorted(changes, key=lambda one: (ORDER.index(one.movement), -_rank(one), one.title))


def counts_of(changes: Iterable[Change]) -> dict[Movement, int]:
    """Return how many risks moved which way, in the order of ORDER, those there are."""
    all_of = [one.movement for one in changes]
    return {way: all_of.count(way) for way in ORDER if way in all_of}


def changed_lineages(before: Assessment, after: Assessment) -> set[UUID]:
    """Return the risks of `before` that `after` leaves out or holds to be something else.

    All of them, where the two are not about the same thing, or where the steps, bands or cells of
    their scales do not say the same.
    """
    then = {one.lineage: one for one in before.scenarios.all()}
    if _about(before) != _about(after) or _meaning(before.scale) != _meaning(after.scale):
        return set(then)
    now = {one.lineage: one for one in after.scenarios.all()}
    return {key for key, one in then.items() if key not in now or _differs(one, now[key])}


def _about(one: Assessment) -> tuple[str, int | None, str, set[int]]:
    keys = set(one.assets.values_list("pk", flat=True))
    return one.scope, one.area_id, one.process.casefold(), keys


def _meaning(scale: Scale) -> list[object]:
    return [getattr(scale, name) for name in MEANING]


def _differs(one: Scenario, other: Scenario) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in ACCEPTED)


def _change(then: Scenario | None, now: Scenario | None, before: Scale, after: Scale) -> Change:
    one = now or then
    return Change(
        _movement(then, now, before, after),
        one.title if one else "",
        then,
        now,
        _band(then, before, "rank"),
        _band(now, after, "rank"),
        _band(then, before, "residual_rank"),
        _band(now, after, "residual_rank"),
    )


def _movement(then: Scenario | None, now: Scenario | None, before: Scale, after: Scale) -> Movement:
    if then is None:
        return "new"
    if now is None:
        return "gone"
    if len(before.bands) != len(after.bands) or then.rank is None or now.rank is None:
        return "other"
    if then.rank != now.rank:
        return "up" if now.rank > then.rank else "down"
    left = then.residual_rank, now.residual_rank
    if left[0] is None or left[1] is None or left[0] == left[1]:
        return "same"
    return "up" if left[1] > left[0] else "down"


def _band(row: Scenario | None, scale: Scale, name: str) -> Band | None:
    rank = getattr(row, name) if row else None
    return None if rank is None else scale.band(rank)


def _rank(change: Change) -> int:
    row = change.now or change.then
    return (row.rank or 0) if row else 0
