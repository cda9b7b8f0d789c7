"""The past of the registers as their rules look at it: figures by day, decisions on waivers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from kommissorium.measures.past import DayFigures, PastEvent, PastFigures, Today

FIGURES_KEPT: Final = "assets.figures_kept"
WAIVERS_DECIDED: Final = "assets.waivers_decided"
FEW_WAIVED: Final = 5  # per cent of what is demanded, which nobody need decide on
ACTS: Final = (FIGURES_KEPT, WAIVERS_DECIDED)


@dataclass(frozen=True)
class AssetCounts:
    """The registers of the municipality as they are on `day`.

    `data_systems` hold personal data, or are not classified: they need a data owner too. Of long ago
    `waived` is None, and `current` has those waived along; so is `confirmed`.
    """

    day: date
    systems: int = 0
    data_sets: int = 0
    archives: int = 0
    systems_owned: int = 0
    data_sets_owned: int = 0
    archives_owned: int = 0
    data_systems: int = 0
    data_systems_owned: int = 0
    unclassified: int = 0
    required: int = 0
    current: int = 0
    expired: int = 0
    owners: int = 0
    owners_read: int = 0
    asked: int = 0
    answered: int = 0
    oversight_overdue: int = 0
    waived: int | None = None
    waived_decided: int | None = None
    confirmed: int | None = None
    alike: int | None = None

    @property
    def assets(self) -> int:
        return self.systems + self.data_sets + self.archives

    @property
    def without_owner(self) -> int:
        return self.assets - self.owned

    @property
    def owned(self) -> int:
        return self.systems_owned + self.data_sets_owned + self.archives_owned

    @property
    def without_data_owner(self) -> int:
        """Return the systems that need a data owner besides their own and have none."""
        return self.data_systems - self.data_systems_owned

    @property
    def missing(self) -> int:
        """Return the required documents that are not there at all."""
        return self.required - self.current - self.expired - (self.waived or 0)

    @property
    def lacking(self) -> int:
        """Return the required documents that are not there, or not in force any more."""
        return self.missing + self.expired

    @property
    def undecided(self) -> int:
        """Return the waived documents that no committee has decided on."""
        return (self.waived or 0) - (self.waived_decided or 0)

    @property
    def has_many_undecided(self) -> bool:
        """Return whether so many are waived that a committee is to decide on it, and none has."""
        return 100 * self.undecided > FEW_WAIVED * self.required


NAMES: Final = tuple(one.name for one in fields(AssetCounts) if one.name != "day")


@dataclass(frozen=True)
class AssetPast:
    """The past of the registers: figures by day, and what was decided on waivers."""

    figures: PastFigures[AssetCounts]
    decided: Sequence[PastEvent] = ()

    def on(self, day: date) -> AssetCounts | None:
        """Return the figures at the end of the day; None where nothing was, or nothing tells."""
        found = self.figures.on(day)
        return found.numbers if found and found.numbers.assets else None


def asset_past(events: Iterable[PastEvent], today: Today) -> AssetPast:
    """Return the past that the events tell, with today as it is counted."""
    rows = list(events)
    kept = [kept_figures(event) for event in rows if event.act == FIGURES_KEPT]
    decided = [event for event in rows if event.act == WAIVERS_DECIDED]
    counted = AssetCounts(today.day, **today.numbers)
    figures = PastFigures.until_today(kept, DayFigures(today.day, counted, None))
    return AssetPast(figures, decided)


def kept_figures(event: PastEvent) -> DayFigures[AssetCounts]:
    """Return the figures of a day as their event tells them."""
    numbers = {name: int(event.facts[name]) for name in NAMES if name in event.facts}
    day = date.fromisoformat(event.facts["day"])
    return DayFigures(day, AssetCounts(day, **numbers), event.noted)
