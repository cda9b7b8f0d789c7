"""Groups what registers put on the wheel by duty and month: there can be hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.yearwheel.wheel_entries import EntryState, WheelEntry, in_danish
from kommissorium.yearwheel.wheel_geometry import RANKS

FEWEST: Final = 2  # one alone stays what it is


@dataclass(frozen=True)
class Folded:
    """Entries that registers have put on the wheel in a month, as one line of a list."""

    entries: Sequence[WheelEntry]

    @property
    def number(self) -> int:
        return sum(entry.number for entry in self.entries)

    @property
    def first(self) -> date:
        """Return the day the first of it is due."""
        return min(entry.due for entry in self.entries)

    @property
    def last(self) -> date:
        """Return the day the last of it is due."""
        return max(entry.last for entry in self.entries)

    @property
    def worst(self) -> EntryState:
        """Return the state of that of it which is the most urgent."""
        return min((entry.state for entry in self.entries), key=RANKS.__getitem__)


def folded(entries: Iterable[WheelEntry]) -> Folded | None:
    """Return those of a month's entries that registers have put there; None for no such."""
    found = [entry for entry in entries if entry.register_title]
    return Folded(found) if found else None


type BundleKey = tuple[int, int, int, str]  # the duty, the year and month due, and the state


def bundled(entries: Iterable[WheelEntry], whose: int | None = None) -> list[WheelEntry]:
    """Return the entries by day, those of registers as one for each duty, month and state.

    `whose` is the person the entries are narrowed to, for the address of a bundle.
    """
    found: list[WheelEntry] = []
    groups: dict[BundleKey, list[WheelEntry]] = {}
    for entry in entries:
        if entry.register_title:
            key = (entry.duty, entry.due.year, entry.due.month, entry.state)
            groups.setdefault(key, []).append(entry)
        else:
            found.append(entry)
    for group in groups.values():
        found += [_bundle(group, whose)] if len(group) >= FEWEST else group
    return sorted(found, key=lambda entry: (entry.due, in_danish(entry.title), entry.key))


def _bundle(group: Sequence[WheelEntry], whose: int | None) -> WheelEntry:
    first = min(group, key=lambda entry: entry.due)
    people = {entry.delegate_key: entry.delegate for entry in group if entry.delegate_key}
    alone = len(people) == 1
    several = _("%(number)d people") % {"number": len(people)} if people else ""
    return replace(
        first,
        key=f"bundle:{first.duty}:{first.due:%Y-%m}:{first.state}",
        occurrence=None,
        title=f"{first.register_title} ({len(group)})",
        nominal=first.due,
        until=max(entry.due for entry in group),
        number=len(group),
        delegate=next(iter(people.values())) if alone else several,
        delegate_key=next(iter(people)) if alone else None,
        url=address(first.duty, month=f"{first.due:%Y-%m}", state=first.state, person=whose),
    )


def address(duty: int, **narrowed: object) -> str:
    """Return where the times of a duty are listed, narrowed to what is given."""
    wishes = {name: value for name, value in narrowed.items() if value}
    return reverse("duty_times", args=[duty]) + (f"?{urlencode(wishes)}" if wishes else "")
