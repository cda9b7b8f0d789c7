"""What a committee approved in one register that another one stands on, as a policy does on risks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kommissorium.core.evidence.models import Record


@dataclass(frozen=True, slots=True)
class Basis:
    """Frozen records that others name, the newest first.

    A record says its title and from when it held; under `listed` are its rows, each with a lineage
    that stays the same from one record to the next, and how grave it is (`rank`).
    """

    records: Callable[[], QuerySet[Record]]
    listed: str = ""
    in_force: Callable[[date], Iterable[int]] = lambda _day: ()  # keys of those that hold on a day

    @staticmethod
    def title(record: Record) -> str:
        return str(json.loads(record.content)["title"])

    @staticmethod
    def begins(record: Record) -> date:
        return date.fromisoformat(json.loads(record.content)["in_force_from"])

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
