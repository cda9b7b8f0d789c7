"""Approved records that another register builds on, as a policy does on the risk picture."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommissorium.core.evidence.models import Record
from kommissorium.registers.links import Link


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
