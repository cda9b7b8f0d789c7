"""What the chain tells of days gone by: events, and a register's figures day by day."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

from django.db.models import Q
from django.utils import timezone

from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.registers.findings import Evidence, Noted

FIGURES_KEPT: Final = "registers.figures_kept"
PROPOSAL_APPROVED: Final = "registers.proposal_approved"
STANDARD_ACTS: Final = (FIGURES_KEPT, PROPOSAL_APPROVED)


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


@dataclass(frozen=True, slots=True)
class ApprovedProposal:
    """A proposal that was approved. It is known from `noted.on`, and holds from `begins`."""

    key: int
    begins: date
    noted: Noted


@dataclass(frozen=True)
class StandardPast:
    """The past of a register of one standard proposal: its counts by day, and the approvals."""

    figures: PastFigures[Mapping[str, int]]
    approved: Sequence[ApprovedProposal] = ()  # in the order they were approved

    def in_force_on(self, day: date) -> ApprovedProposal | None:
        """Return what was in force when the day ended, as known then."""
        begun = [one for one in self.approved if max(one.noted.on, one.begins) <= day]
        return max(begun, key=lambda one: (one.begins, one.noted.seq), default=None)

    def counts_on(self, day: date) -> Mapping[str, int]:
        """Return the counts known when the day ended."""
        found = self.figures.on(day)
        return found.numbers if found else {}


def standard_past(
    events: Iterable[PastEvent], today: Mapping[str, int], register: str, kind: str
) -> StandardPast:
    """Return the past that the kit's own events tell of a register and its kind of proposal."""
    kept, approved = [], []
    for event in events:
        facts = event.facts
        if event.act == FIGURES_KEPT and facts["register"] == register:
            day = date.fromisoformat(facts["day"])
            kept.append(DayFigures(day, facts["counts"], event.noted))
        elif event.act == PROPOSAL_APPROVED and facts["kind"] == kind:
            begins = date.fromisoformat(facts["from"])
            approved.append(ApprovedProposal(event.key, begins, event.noted))
    counted = DayFigures(timezone.localdate(), today, None)
    return StandardPast(PastFigures.until_today(kept, counted), approved)
