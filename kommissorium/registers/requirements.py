"""What standards and mandates ask for: evidence of requirements, and the areas of T7.

A tick proves nothing: a requirement is met where something in force lays it down and something
carried out lately shows that it is done, and nothing speaks against it. Why: docs/decisions/0037.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.yearwheel.standards import is_requirement

LASTS: Final = timedelta(days=400)  # what is done once a year, and a month late


class Says(models.TextChoices):
    """Kind of evidence that a thing in a register gives for a requirement."""

    LAID_DOWN = "laid_down", _("Laid down")
    CARRIED_OUT = "carried_out", _("Carried out")
    PLANNED = "planned", _("Planned")
    AGAINST = "against", _("Speaks against it")


class Standing(models.TextChoices):
    """Standing of a requirement, by the evidence in the registers."""

    AGAINST = "against", _("Something speaks against it")
    NOTHING = "nothing", _("Nothing shows it")
    PLANNED = "planned", _("Under way")
    HALF = "half", _("Partly shown")
    MET = "met", _("Fulfilled")


TONES: Final[Mapping[Standing, str]] = {
    Standing.AGAINST: "error",
    Standing.NOTHING: "warning",
    Standing.PLANNED: "info",
    Standing.HALF: "warning",
    Standing.MET: "success",
}

SAID: Final[Mapping[Says, str]] = {
    Says.AGAINST: "error",
    Says.LAID_DOWN: "success",
    Says.CARRIED_OUT: "success",
    Says.PLANNED: "info",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence from one thing of a register for requirements, on the day that was asked about.

    `key` names the thing as the chain does ("policies.document:12"), `link` is the path of its page
    or "" where not everybody who reads the registers may open it. `requirements` are names of tags
    ("ISO 27002 5.1"). `day` is since when it holds, when it was done, or by when it is to be; after
    `until` it shows nothing any more.
    """

    key: str
    title: str
    link: str
    says: Says
    day: date | None = None
    until: date | None = None
    requirements: tuple[str, ...] = ()
    note: str | Promise = ""
    committee: int | None = None  # whose alone it is to read; None for who reads the registers
    several: str | Promise = ""  # many of its kind: how many (n), and the day of the oldest

    @property
    def tone(self) -> str:
        return SAID[self.says]

    def counts_on(self, day: date) -> bool:
        """Return whether it shows anything on the day; what was carried out fades by itself."""
        last = self.until
        if last is None and self.says == Says.CARRIED_OUT:
            last = self.day + LASTS if self.day else None
        return last is None or day <= last


_OF_OTHERS: Final = _("%(n)d duties of other committees, the oldest of %(day)s")


def as_seen(shown: Iterable[Shown], committees: Collection[int]) -> list[Shown]:
    """Return it as who follows these committees alone may read it: without others' titles."""
    hidden = str(_("A duty of another committee"))
    return [
        one
        if one.committee is None or one.committee in committees
        else replace(one, title=hidden, link="", note="", several=_OF_OTHERS)
        for one in shown
    ]


def standing_of(shown: Iterable[Shown], day: date) -> Standing:
    """Return how what all of this is about stands on the day."""
    said = {one.says for one in shown if one.counts_on(day)}
    if Says.AGAINST in said:
        return Standing.AGAINST
    if {Says.LAID_DOWN, Says.CARRIED_OUT} <= said:
        return Standing.MET
    if said & {Says.LAID_DOWN, Says.CARRIED_OUT}:
        return Standing.HALF
    return Standing.PLANNED if said else Standing.NOTHING


def lacking(shown: Iterable[Shown], day: date) -> list[str]:
    """Return what is missing before it is met, a sentence each."""
    found = [one for one in shown if one.counts_on(day)]
    said = {one.says for one in found}
    missing = [
        str(_("“%(title)s” speaks against it.") % {"title": one.title})
        for one in found
        if one.says == Says.AGAINST
    ]
    if Says.LAID_DOWN not in said:
        missing.append(str(_("Nothing in force lays it down.")))
    if Says.CARRIED_OUT not in said:
        missing.append(str(_("Nothing done within the last year shows it.")))
    return missing


def in_order(shown: Iterable[Shown]) -> list[Shown]:
    """Return what speaks against it first, then what is laid down, done and planned, the newest
    of each first."""
    order = (Says.AGAINST, Says.LAID_DOWN, Says.CARRIED_OUT, Says.PLANNED)
    newest = sorted(shown, key=lambda one: one.day or date.min, reverse=True)
    return sorted(newest, key=lambda one: order.index(one.says))


def names_in(tags: str) -> tuple[str, ...]:
    """Return the requirements among what somebody wrote with commas between."""
    return tuple(one for one in (part.strip() for part in tags.split(",")) if is_requirement(one))


def by_requirement(shown: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Return what is shown of each requirement, by the name of its tag."""
    found: dict[str, list[Shown]] = {}
    for one in shown:
        for name in one.requirements:
            found.setdefault(name, []).append(one)
    return found


MANY: Final = 3  # of a kind: fewer are named, unless they are called the same
LONGEST_LINE: Final = 160


def in_a_line(shown: Iterable[Shown]) -> str:
    """Return evidence in a line: of few things the titles, of many their number and the oldest."""
    kinds: dict[str, list[Shown]] = {}
    for one in shown:
        kinds.setdefault(str(one.several) or one.key, []).append(one)
    text = capfirst("; ".join(_named_or_counted(found) for found in kinds.values()))
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE].rsplit(' ', 1)[0]} …"


def _named_or_counted(found: Sequence[Shown]) -> str:
    titles, days = [one.title for one in found], [one.day for one in found if one.day]
    is_many = len(found) >= MANY or len(set(titles)) < len(titles)
    if not (is_many and days and found[0].several):
        return "; ".join(titles)
    return str(found[0].several) % {"n": len(found), "day": day_in_words(min(days))}


def latest(shown: Sequence[Shown], day: date) -> date | None:
    """Return the day of the newest thing carried out that still counts; None for none."""
    done = [one.day for one in shown if one.says == Says.CARRIED_OUT and one.counts_on(day)]
    return max(filter(None, done), default=None)


AREAS: Final[Mapping[str, str | Promise]] = {
    "antivirus": _("Antivirus"),
    "firewall": _("Firewall"),
    "antispam": _("Antispam"),
    "antiphishing": _("Antiphishing"),
    "encryption": _("Encryption"),
    "network": _("Network security"),
    "physical": _("Physical security"),
}
