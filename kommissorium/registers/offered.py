"""What registers offer each other: approved records to build on, the foreseen, what went wrong.

Which register lays down the risk level, or tells what went wrong, nobody here knows: it offers
them by a link, and a happening is found by the code that its key begins with.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol, Self

from django.db import models
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.registers.links import Link
from kommissorium.registers.menu import Part
from kommissorium.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Named:
    """A frozen record that is named as what another stands on: its title, and since when it held."""

    record: Record
    title: str
    begins: date

    @property
    def key(self) -> str:
        """Return how the chain names what it is a record of."""
        return f"{self.record.object_kind} {self.record.object_id}"

    @property
    def data(self) -> dict[str, Any]:
        return {
            "record": self.record.pk,
            "title": self.title,
            "begins": self.begins.isoformat(),
            "sha256": self.record.content_hash,
        }


@dataclass(frozen=True, slots=True)
class Basis:
    """Frozen records that others name, the newest first.

    A record says its title and from when it held; under `listed` are its rows, each with a lineage
    that stays the same from one record to the next, and how grave it is (`rank`).
    """

    records: Callable[[], QuerySet[Record]]
    listed: str = ""
    in_force: Callable[[date], Iterable[int]] = lambda _day: ()  # keys of those that hold on a day

    def all(self) -> list[Named]:
        """Return what there is to stand on, the newest first (one query)."""
        return [self.named(one) for one in self.records()]

    @staticmethod
    def named(record: Record) -> Named:
        told = json.loads(record.content)
        return Named(record, str(told["title"]), date.fromisoformat(told["in_force_from"]))

    def changes(self, before: Record, after: Record) -> str:
        """Say how many risks are new, gone, higher and lower."""
        then, now = self._ranks(before), self._ranks(after)
        both = then.keys() & now.keys()
        ways = Counter((now[key] > then[key]) - (now[key] < then[key]) for key in both)
        text = _("Risks since then: %(new)d new, %(gone)d gone, %(up)d higher, %(down)d lower.")
        new, gone = len(now.keys() - both), len(then.keys() - both)
        return text % {"new": new, "gone": gone, "up": ways[1], "down": ways[-1]}

    def _ranks(self, record: Record) -> Mapping[str, int]:
        rows = json.loads(record.content)[self.listed]
        return {one["lineage"]: one["rank"] or 0 for one in rows}


RISK_LEVEL: Final[Link[Basis]] = Link("risk_level")
RISK_PICTURE: Final[Link[Basis]] = Link("risk_picture")


class LevelLink(models.TextChoices):
    """State of a link to the risk level."""

    CURRENT = "current", gettext_lazy("In force")
    OLD = "old", gettext_lazy("A new one has taken its place")
    NONE = "none", gettext_lazy("Not linked")


@dataclass(frozen=True, slots=True)
class Levels:
    """The keys of the records of those that hold on a day: one, or one for each category."""

    keys: frozenset[int]

    @classmethod
    def on(cls, day: date) -> Self:
        """Return those of the day (one query)."""
        return cls(frozenset(RISK_LEVEL.ask().in_force(day)))

    @property
    def records(self) -> models.QuerySet[Record]:
        """Return their records, to choose from."""
        return Record.objects.filter(pk__in=self.keys).defer("pdf").order_by("-at", "-pk")

    def link_of(self, key: int | None) -> LevelLink:
        """Return how what names the record of that key is linked."""
        if key is None:
            return LevelLink.NONE
        return LevelLink.CURRENT if key in self.keys else LevelLink.OLD


def levels_today() -> Levels:
    return Levels.on(timezone.localdate())


def level_in_words(record: Record | None) -> str:
    """Return what a level is called, from when it held, and which category it is for."""
    if record is None:
        return ""
    content = json.loads(record.content)
    begins = date.fromisoformat(content["in_force_from"])
    words = {"title": content["title"], "category": content.get("category", "")}
    return _("%(title)s, from %(day)s, %(category)s") % {**words, "day": day_in_words(begins)}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Something that can go wrong, as a risk; `key` is its register's, with the register's code
    once it stands among those of others."""

    key: str
    label: str
    url: str = ""


class WeighAgain(Protocol):
    """How a register has something weighed again: who answers for it gets the task."""

    def __call__(
        self, key: str, title: str, *, by: Person, committee: Committee, due: date, is_closed: bool
    ) -> Task | None: ...


@dataclass(frozen=True, slots=True)
class Foresight:
    """How a register answers for what it has foreseen, by keys of its own.

    `about` gives what the person reads, of these assets first; `today` what the person reads of
    those with these keys, as each stands today. `weigh_again` gives a task, None where nobody can:
    the committee decided it, and the caller has checked who may.
    """

    about: Callable[[Person, Sequence[int]], Iterable[Foreseen]]
    today: Callable[[Person, Sequence[str]], Iterable[Foreseen]]
    weigh_again: WeighAgain


FORESIGHT: Final[Link[Foresight]] = Link("foresight", several=True)


def foreseen(person: Person, assets: Iterable[int]) -> list[Foreseen]:
    """Return what the person reads of all that registers have foreseen, of these assets first."""
    keys = list(assets)
    return [
        replace(one, key=f"{code}:{one.key}")
        for code, foresight in FORESIGHT.offers.items()
        for one in foresight.about(person, keys)
    ]


def foreseen_as(person: Person, keys: Iterable[str]) -> dict[str, Foreseen]:
    """Return by their keys what the person reads of these, each as its register has it today."""
    own: dict[str, list[str]] = {}
    for key in filter(None, keys):
        code, _colon, rest = key.partition(":")
        own.setdefault(code, []).append(rest)
    return {
        key: replace(one, key=key)
        for code, rests in own.items()
        for one in FORESIGHT.ask_of(code).today(person, rests)
        if (key := f"{code}:{one.key}")
    }


def weigh_again(
    key: str, title: str, *, by: Person, committee: Committee, due: date, is_closed: bool
) -> Task | None:
    """Have something that was foreseen weighed again, as the committee decided.

    Its register makes a task of it for whoever answers for it; None where it is there no more.
    """
    code, _colon, own = key.partition(":")
    return FORESIGHT.ask_of(code).weigh_again(
        own, title, by=by, committee=committee, due=due, is_closed=is_closed
    )


YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as one person may know it. `label` is its name where details must not be shown."""

    code: str  # of its register
    own: int  # its key there
    label: str
    url: str
    began: datetime
    found_at: datetime
    assets: Sequence[int]
    is_activated: bool  # whether a contingency plan was

    @property
    def key(self) -> str:
        """Return by what others name it, who may not know what it is."""
        return f"{self.code}:{self.own}"


HAPPENED: Final[Link[type[Model]]] = Link("happened", several=True)
# A register's parts of the page of something that went wrong in another one.
FOLLOWS: Final[Link[Callable[[Happening, Person], Iterable[Part]]]] = Link("follows", several=True)


def happening_of(key: str, person: Person) -> Happening | None:
    """Return what is named so; None for nothing, and for what the person may not know of."""
    code, _colon, own = key.partition(":")
    try:
        model: Any = HAPPENED.ask_of(code)
        row = model.objects.visible_to(person).filter(pk=int(own)).first()
    except (LookupError, ValueError):
        return None
    if row is None:
        return None
    return Happening(
        code,
        row.pk,
        row.label,
        row.get_absolute_url(),
        began=row.happened_at or row.discovered_at,
        found_at=row.discovered_at,
        assets=list(row.assets.values_list("pk", flat=True)),
        is_activated=row.plan_activated == YES,
    )


def parts_about(row: Model, person: Person, code: str) -> Iterator[Part]:
    """Yield what all registers have to show of something of the register of that code."""
    if found := happening_of(f"{code}:{row.pk}", person):
        for follows in FOLLOWS.ask_all():
            yield from follows(found, person)
