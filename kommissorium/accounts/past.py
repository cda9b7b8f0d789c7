"""A thing as it was on a day, and the changes by each event, from the versions kept of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.accounts.past_values import (
    Values,
    held_by,
    in_words,
    names_of,
    read,
    shown_fields,
)
from kommissorium.core.evidence.models import Event, RowVersion
from kommissorium.core.evidence.past import Past
from kommissorium.core.evidence.versions import made_by


@dataclass(frozen=True)
class Version:
    """A row's values from an event on; `is_open`: they may be shown to the reader."""

    seq: int
    at: datetime
    act: str
    values: Values
    is_open: bool = True

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


@dataclass(frozen=True)
class Change:
    """A field with its earlier and its later value, in words."""

    label: str
    was: str
    now: str

    @property
    def differs(self) -> bool:
        return self.was != self.now


class PastOf:
    """The versions of a row, as far as one person may see them; two questions at most."""

    def __init__(self, row: models.Model, person: Person) -> None:
        self.row, self.person, self.model = row, person, type(row)
        self.declared: Past = self.model.PAST  # type: ignore[attr-defined]
        self.versions = self._opened(_versions(row))

    @property
    def is_whole(self) -> bool:
        """Return whether its first version is from the event that made it: nothing is lacking."""
        return bool(self.versions) and made_by(self.versions[0].seq, self.row)

    @property
    def days(self) -> list[date]:
        """Return the days on which it changed, the latest first."""
        return sorted({one.day for one in self.versions}, reverse=True)

    def on(self, day: date) -> Version | None:
        """Return its values when the day ended; None where that is not known."""
        return next((one for one in reversed(self.versions) if one.day <= day), None)

    def beside_today(self, version: Version) -> list[Change]:
        """Return each field with its value then and its value today."""
        return self._told(version.values, held_by(self.row))

    @property
    def differed_last(self) -> date | None:
        """Return the last day on which it differed visibly from today."""
        shown, today = shown_fields(self.model), held_by(self.row)
        for before, after in reversed([*pairwise(self.versions)]):
            day = after.day - timedelta(days=1)
            differs = any(before.values.get(name) != today[name] for name in shown)
            if before.is_open and differs and before.day <= day:
                return day
        return None

    def changes(self, events: Sequence[Event]) -> dict[int, list[Change]]:
        """Return the changes by event number; names are asked for once."""
        pairs = [
            (seq, before.values, after.values)
            for before, after in pairwise(self.versions)
            if before.is_open and after.is_open and (seq := _told_by(after, events))
        ]
        changed = [
            {name: one[name] for name in one if was.get(name) != now.get(name)}
            for _seq, was, now in pairs
            for one in (was, now)
        ]
        names = names_of(self.model, changed, self.person)
        found = {seq: self._between(was, now, names) for seq, was, now in pairs}
        return {seq: changes for seq, changes in found.items() if changes}

    def _told(self, was: Values, now: Values) -> list[Change]:
        names = names_of(self.model, [was, now], self.person)
        return [
            Change(label, *(in_words(self.model, name, one, names) for one in (was, now)))
            for name, label in shown_fields(self.model).items()
        ]

    def _between(self, was: Values, now: Values, names: Any) -> list[Change]:
        changed = {k: v for k, v in shown_fields(self.model).items() if was.get(k) != now.get(k)}
        told = [
            Change(label, *(in_words(self.model, name, one, names) for one in (was, now)))
            for name, label in changed.items()
        ]
        return [one for one in told if one.differs]

    def _opened(self, versions: list[Version]) -> list[Version]:
        """Return the versions with which of them may be shown: today's, and those not closed."""
        if self.declared.opened_to(self.person):
            return versions
        owner = getattr(self.row, self.declared.under) if self.declared.under else None
        owners = _versions(owner) if owner is not None else []
        newest = versions[-1:]
        return [
            replace(one, is_open=one in newest or self._is_open(one, owner, owners))
            for one in versions
        ]

    def _is_open(self, one: Version, owner: Any, owners: list[Version]) -> bool:
        if _is_closed(self.declared, one.values):
            return False
        if owner is None:
            return True
        then = [other for other in owners if other.seq <= one.seq]
        return bool(then) and not _is_closed(type(owner).PAST, then[-1].values)


def _versions(row: models.Model) -> list[Version]:
    """Return all versions of a row, the oldest first."""
    kept = RowVersion.objects.filter(table=row._meta.db_table, key=str(row.pk))  # noqa: SLF001
    found = kept.order_by("event").values_list("event", "event__at", "event__act", "text")
    return [Version(seq, at, act, read(type(row), text)) for seq, at, act, text in found]


def _told_by(version: Version, events: Sequence[Event]) -> int:
    """Return the number of the event that tells of a version: the one that sealed it.

    Of many rows that were written at once, the first one's event sealed all: there it is the next
    with the same act. 0 where none of these events does.
    """
    later = [one.seq for one in events if one.seq >= version.seq and one.act == version.act]
    seqs = [one.seq for one in events]
    return version.seq if version.seq in seqs else min(later, default=0)


def _is_closed(past: Past, values: Values) -> bool:
    return any(values.get(name) in closed for name, closed in past.closed.items())
