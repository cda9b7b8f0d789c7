"""What the chain tells of days gone by: events, and a register's figures day by day."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.db.models import Q
from django.utils import timezone

from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.registers.findings import Evidence, Noted


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event as a past is put together from it: the act, the key of its object, the facts."""

    act: str
    key: int
    facts: Mapping[str, Any]
    noted: Noted


def past_events(about: Q) -> list[PastEvent]:
    """Fetch the events that the condition picks, in the order of the chain (one query)."""
    fields = ("seq", "at", "hash", "act", "object_id", "facts")
    rows = Event.objects.filter(about).order_by("seq").values_list(*fields)
    return [
        PastEvent(act, int(key), json.loads(facts), Noted(seq, timezone.localdate(at), digest))
        for seq, at, digest, act, key, facts in rows
    ]


@dataclass(frozen=True, slots=True)
class DayFigures[N]:
    """How a register stood on a day. `noted` is None for today, which is counted."""

    day: date
    numbers: N
    noted: Noted | None


@dataclass(frozen=True)
class PastFigures[N]:
    """A register's figures by day, the oldest first."""

    rows: Sequence[DayFigures[N]]

    @classmethod
    def until_today(cls, kept: Iterable[DayFigures[N]], today: DayFigures[N]) -> Self:
        """Return the figures that the chain holds of days before, with today's as counted."""
        past = sorted((one for one in kept if one.day < today.day), key=lambda one: one.day)
        return cls([*past, today])

    def on(self, day: date) -> DayFigures[N] | None:
        """Return the figures known when the day ended."""
        at = bisect_right(self._days, day)
        return self.rows[at - 1] if at else None

    def kept_until(self, day: date) -> DayFigures[N] | None:
        """Return the newest figures that the chain holds, known when the day ended."""
        known = reversed(self.rows[: bisect_right(self._days, day)])
        return next((one for one in known if one.noted), None)

    def evidence(self, on: date, *, link: str, kind: str, now: str, then: str) -> list[Evidence]:
        """Return the figures of the day, and beside today's the newest the chain holds.

        `link` leads to the page that shows them, `kind` is how the evidence refers to them;
        `now` labels today's, `then` those of a day, which it names as %(day)s.
        """
        found, kept = self.on(on), self.kept_until(on)
        evidence = []
        if found and found.noted is None:
            evidence.append(Evidence(label=now, link=link, on=found.day))
        if kept and kept.noted:
            evidence.append(
                Evidence(
                    label=then % {"day": day_in_words(kept.day)},
                    link=f"{link}?on={kept.day.isoformat()}",
                    reference=f"{kind} {kept.day.isoformat()}",
                    event=kept.noted.seq,
                    fingerprint=kept.noted.hash,
                    on=kept.day,
                )
            )
        return evidence

    @cached_property
    def _days(self) -> list[date]:
        return [one.day for one in self.rows]
