"""A thing as it was on a day, and what each event changed, in words: from the versions of its row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import made_by
from kommissorium.core.evidence.models import Event, Past, Record, RowVersion
from kommissorium.core.richtext import RichTextRefused, plain_text
from kommissorium.core.ui import localised

NOTHING = "—"

type Values = Mapping[str, Any]  # by the names of fields
type Names = Mapping[tuple[type[models.Model], str], str]  # of rows, as they are called today


def shown_fields(model: type[models.Model]) -> dict[str, str]:
    """Return the fields that are shown of a model's past, with their labels, in their order."""
    found: dict[str, str] = {}
    past: Past = model.PAST  # type: ignore[attr-defined]
    for field in _fields(model):
        own = field.verbose_name if isinstance(field.verbose_name, Promise) else ""
        label = str(past.labels.get(field.name, own))
        if label and not isinstance(field, models.JSONField | models.BinaryField):
            found[field.name] = label[:1].upper() + label[1:]
    return found


def read(model: type[models.Model], text: str) -> dict[str, Any]:
    """Return a version's values, by the names of the fields that the model has today."""
    kept = json.loads(text)
    return {
        field.name: _value(field, kept[field.column])
        for field in _fields(model)
        if field.column in kept
    }


def is_closed_in(model: type[models.Model], past: Past, text: str) -> bool:
    """Return whether a version holds a value with which few may read it."""
    return bool(past.closed) and _is_closed(past, read(model, text))


def held_by(row: models.Model) -> dict[str, Any]:
    """Return a row's values today, in the same form."""
    return {field.name: getattr(row, field.attname) for field in _fields(type(row))}


def names_of(model: type[models.Model], held: Iterable[Values], person: Person) -> Names:
    """Return the names of rows that values refer to; one query for each kind of them.

    People are named as in every list. What else has a page is named to those who may open it.
    """
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    shown = shown_fields(model)
    for values in held:
        for field in _fields(model):
            if field.is_relation and field.name in shown and values.get(field.name) is not None:
                keys[field.related_model].add(values[field.name])
    return {
        (target, str(row.pk)): _called(row)
        for target, some in keys.items()
        for row in _seen(target, person).filter(pk__in=some)
    }


def _called(row: models.Model) -> str:
    """Return a row's name; for a frozen record the title and the day it states itself."""
    if not isinstance(row, Record):
        return str(row)
    told = json.loads(row.content)
    title, since = str(told.get("title") or row), told.get("in_force_from")
    if not since:
        return title
    words = {"title": title, "day": localised.day(date.fromisoformat(since))}
    return _("%(title)s, from %(day)s") % words


def in_words(model: type[models.Model], name: str, values: Values, names: Names) -> str:
    """Return a field's value as people read it; a dash for nothing."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001 Django's documented model API
    value = values.get(name)
    if value in (None, ""):
        return NOTHING
    if field.is_relation:
        return names.get((field.related_model, str(value)), NOTHING)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or NOTHING
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return localised.moment(value)
    if hasattr(value, "isoformat"):
        return localised.clock(value) if hasattr(value, "hour") else localised.day(value)
    if isinstance(value, Decimal):
        return localised.number(value)
    return _words(str(value))


def _words(text: str) -> str:
    try:
        return plain_text(text) if text.startswith("<") else text
    except RichTextRefused:
        return text


def _fields(model: type[models.Model]) -> Iterator[Any]:
    left_out = getattr(model, "UNSEALED_COLUMNS", {})
    for field in model._meta.local_fields:  # noqa: SLF001 as above
        if field.column not in left_out and not field.generated:
            yield field


def _value(field: Any, value: Any) -> Any:
    """Return a value as Python has it; the databases write moments, amounts and truth differently."""
    if value is None:
        return None
    if field.is_relation:
        return field.target_field.to_python(value)
    if isinstance(field, models.DateTimeField):
        at = parse_datetime(value)
        return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
    if isinstance(field, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    return field.to_python(value)


def _seen(model: type[models.Model], person: Person) -> models.QuerySet[Any]:
    rows: Any = model._default_manager.all()  # noqa: SLF001 as above
    if model is Person or not hasattr(model, "get_absolute_url"):
        return rows  # type: ignore[no-any-return]
    return rows.visible_to(person) if hasattr(rows, "visible_to") else rows.none()  # type: ignore[no-any-return]


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
    """Return the versions of a row, the oldest first, since the last that nobody knows."""
    kept = RowVersion.objects.filter(table=row._meta.db_table, key=str(row.pk))  # noqa: SLF001
    found = kept.order_by("event_id").values_list("event", "event__at", "event__act", "text")
    versions: list[Version] = []
    for seq, at, act, text in found:
        if text is None:
            versions.clear()  # what is known of before says nothing of this span
        elif text:
            versions.append(Version(seq, at, act, read(type(row), text)))
    return versions


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
