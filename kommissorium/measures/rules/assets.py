"""R4 and R6: assets have owners, and these their documents.

R4 asks for an owner of every system, every data set and every physical archive in the register,
and for a data owner too of every system that holds personal data or is not classified; R6 for
every document the matrix demands, current on the day. Today is counted as it is now, a past day
from the figures kept at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import QUARTER
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Question,
    Step,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
)
from kommissorium.measures.past import DayFigures, PastEvent, PastFigures, Today
from kommissorium.measures.said import Words, _, joined, link, listed, ngettext
from kommissorium.measures.shares import share

FIGURES_KEPT: Final = "assets.figures_kept"
ACTS: Final = (FIGURES_KEPT,)


@dataclass(frozen=True)
class AssetCounts:
    """The registers of the municipality as they are on `day`.

    `data_systems` hold personal data, or are not classified: they need a data owner too.
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

    @property
    def assets(self) -> int:
        return self.systems + self.data_sets + self.archives

    @property
    def without_owner(self) -> int:
        return self.assets - self.systems_owned - self.data_sets_owned - self.archives_owned

    @property
    def without_data_owner(self) -> int:
        """Return the systems that need a data owner besides their own and have none."""
        return self.data_systems - self.data_systems_owned

    @property
    def missing(self) -> int:
        """Return the required documents that are not there at all."""
        return self.required - self.current - self.expired


NAMES: Final = tuple(one.name for one in fields(AssetCounts) if one.name != "day")


@dataclass(frozen=True)
class AssetPast:
    """The past of the registers: figures by day."""

    figures: PastFigures[AssetCounts]

    def on(self, day: date) -> AssetCounts | None:
        """Return the figures at the end of the day; None where nothing was, or nothing tells."""
        found = self.figures.on(day)
        return found.numbers if found and found.numbers.assets else None


def asset_past(events: Iterable[PastEvent], today: Today) -> AssetPast:
    """Return the past that the events tell, with today as it is counted."""
    kept = [kept_figures(event) for event in events if event.act == FIGURES_KEPT]
    counted = AssetCounts(today.day, **today.numbers)
    figures = PastFigures.until_today(kept, DayFigures(today.day, counted, None))
    return AssetPast(figures)


def kept_figures(event: PastEvent) -> DayFigures[AssetCounts]:
    """Return the figures of a day as their event tells them."""
    numbers = {name: int(event.facts[name]) for name in NAMES if name in event.facts}
    day = date.fromisoformat(event.facts["day"])
    return DayFigures(day, AssetCounts(day, **numbers), event.noted)


def ownership(_clause: Clause, past: AssetPast, asked: Question) -> Finding:
    """R4: nothing in the register is without an owner it needs.

    That is the owner its kind asks for, and a data owner too of a system with personal data.
    What is not classified is named, and spared nothing.
    """
    found, on = past.on(asked.on), asked.on
    if found is None:
        return _nothing_registered(past, asked)
    evidence, lead = _figures(past, on), past.figures.lead(on)
    said = (_owned(found), _data_owned(found), _unclassified(found))
    text = joined(lead, *said)
    if found.without_owner:
        step = Step(_("See who is missing"), link("owners", end="?view=without"))
        return not_fulfilled(text, *evidence, step=step)
    if found.without_data_owner:
        step = Step(_("See who is missing"), link("owners", end="?view=without_data"))
        return not_fulfilled(text, *evidence, step=step)
    return fulfilled(text, *evidence)


def owner_documentation(_clause: Clause, past: AssetPast, asked: Question) -> Finding:
    """R6: every document the matrix demands of the owners is there and current."""
    found, on = past.on(asked.on), asked.on
    if found is None:
        return _nothing_registered(past, asked)
    if not found.required:
        step = Step(_("Open the matrix of documents"), link("demands"))
        missing = not_fulfilled(_("No documents are demanded of the owners yet."), step=step)
        return unless_first_period(missing, asked, QUARTER)
    evidence, lead = _figures(past, on), past.figures.lead(on)
    percent = share(found.current, found.required)
    values = {
        "percent": percent,
        "current": found.current,
        "all": found.required,
        "expired": found.expired,
        "missing": found.missing,
    }
    if found.current == found.required:
        whole = _("All %(all)d documents demanded of the owners are there and current.")
        return fulfilled(joined(lead, whole % values), *evidence)
    text = _(
        "%(current)d of the %(all)d documents demanded are current (%(percent)d per cent). "
        "%(missing)d are missing and %(expired)d have expired."
    )
    step = Step(_("See what is missing"), link("completeness"))
    return not_fulfilled(joined(lead, text % values), *evidence, step=step)


def _nothing_registered(past: AssetPast, asked: Question) -> Finding:
    """Return the finding that nothing is registered, or that no figures tell of the day."""
    if past.figures.kept_until(asked.on) and past.figures.on(asked.on) is None:
        return unmeasured(past.figures.untold(asked.on))
    text = _("No systems, data sets or archives are registered.")
    missing = not_fulfilled(text, step=Step(_("Open the register"), link("assets")))
    return unless_first_period(missing, asked, QUARTER)


def _figures(past: AssetPast, on: date) -> list[Evidence]:
    return past.figures.evidence(
        on,
        link=link("completeness"),
        kind="assets.completeness",
        now=_("The registers as they are now"),
        then=_("Figures of the registers, %(day)s"),
    )


def _owned(found: AssetCounts) -> Words:
    """Return the number with the owner their kind asks for, as a sentence."""
    without = found.without_owner
    if not without:
        text = ngettext(
            "%(number)d asset is registered, and it has an owner: %(kinds)s.",
            "%(number)d assets are registered, and all have an owner: %(kinds)s.",
            found.assets,
        )
        return text % {"number": found.assets, "kinds": _kinds(_all(found))}
    text = ngettext(
        "%(number)d of %(all)d assets has no owner: %(kinds)s.",
        "%(number)d of %(all)d assets have no owner: %(kinds)s.",
        without,
    )
    return text % {"number": without, "all": found.assets, "kinds": _kinds(_without(found))}


def _data_owned(found: AssetCounts) -> Words:
    """Return the number of systems with the data owner they need; "" where none needs one."""
    if not found.data_systems:
        return ""
    without, values = found.without_data_owner, {"all": found.data_systems}
    if not without:
        text = ngettext(
            "The system with personal data also has a data owner.",
            "All %(all)d systems with personal data also have a data owner.",
            found.data_systems,
        )
        return text % values
    text = ngettext(
        "%(number)d of %(all)d systems with personal data has no data owner.",
        "%(number)d of %(all)d systems with personal data have no data owner.",
        without,
    )
    return text % {"number": without, **values}


def _unclassified(found: AssetCounts) -> Words:
    """Return the number not classified, as a sentence; "" where all are."""
    text = ngettext(
        "%(number)d asset is not classified, and counts as one with personal data.",
        "%(number)d assets are not classified, and count as ones with personal data.",
        found.unclassified,
    )
    return text % {"number": found.unclassified} if found.unclassified else ""


def _all(found: AssetCounts) -> tuple[int, int, int]:
    return found.systems, found.data_sets, found.archives


def _without(found: AssetCounts) -> tuple[int, int, int]:
    return (
        found.systems - found.systems_owned,
        found.data_sets - found.data_sets_owned,
        found.archives - found.archives_owned,
    )


def _kinds(numbers: tuple[int, int, int]) -> Words:
    """Return "12 systems, 3 data sets, 1 archive"; kinds without any are left out."""
    systems, data_sets, archives = numbers
    words = (
        (systems, ngettext("%(number)d system", "%(number)d systems", systems)),
        (data_sets, ngettext("%(number)d data set", "%(number)d data sets", data_sets)),
        (archives, ngettext("%(number)d archive", "%(number)d archives", archives)),
    )
    return listed(text % {"number": number} for number, text in words if number)


CHECKS: Final[Mapping[str, Check[AssetPast]]] = {
    Measure.OWNERSHIP: ownership,  # R4
    Measure.OWNER_DOCUMENTATION: owner_documentation,  # R6
}
