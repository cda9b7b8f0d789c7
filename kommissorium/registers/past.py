"""History of registers from the chain: events, and a register's figures day by day."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol, Self

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day as day_in_words
from kommissorium.registers.findings import (
    Evidence,
    Finding,
    Noted,
    Question,
    event_evidence,
    fulfilled,
)

TOLD_FOR: Final = timedelta(days=2)  # figures tell of the two days after their own too
FIGURES_KEPT: Final = "registers.figures_kept"
PROPOSAL_APPROVED: Final = "registers.proposal_approved"
STANDARD_ACTS: Final = (FIGURES_KEPT, PROPOSAL_APPROVED)


class ActAbout(NamedTuple):
    """An act, of which the events about one kind of object alone are asked for."""

    act: str
    kind: str


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event as a past is put together from it: the act, the key of its object, the facts."""

    act: str
    key: int
    facts: Mapping[str, Any]
    noted: Noted


def past_events(about: Q) -> list[PastEvent]:
    """Fetch the events that the condition picks, in the order of the chain (one query)."""
    fields = ("seq", "at", "hash", "actor", "act", "object_id", "facts")
    rows = list(Event.objects.filter(about).order_by("seq").values_list(*fields))
    here = timezone.get_current_timezone()  # asked once: there are thousands of events
    told = json.loads(f"[{','.join(row[-1] for row in rows)}]")  # read at once for the same reason
    return [
        PastEvent(act, int(key), facts, Noted(seq, at.astimezone(here).date(), digest, by))
        for (seq, at, digest, by, act, key, _text), facts in zip(rows, told, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """The committee that decided something: its key, and what it was called then."""

    key: int
    name: str

    @classmethod
    def told_by(cls, facts: Mapping[str, Any]) -> Self:
        return cls(facts["committee"], facts["committee_name"])


@dataclass(frozen=True, slots=True)
class DayFigures[N]:
    """Figures of a register on a day. `noted` is None for today, which is counted."""

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

    def newest(self, day: date) -> DayFigures[N] | None:
        """Return the newest figures known when the day ended, however old they are."""
        at = bisect_right(self._days, day)
        return self.rows[at - 1] if at else None

    def on(self, day: date) -> DayFigures[N] | None:
        """Return the figures that tell of the day: its own, or at most two days older."""
        found = self.newest(day)
        return found if found and day - found.day <= TOLD_FOR else None

    def kept_until(self, day: date) -> DayFigures[N] | None:
        """Return the newest figures that the chain holds, known when the day ended."""
        known = reversed(self.rows[: bisect_right(self._days, day)])
        return next((one for one in known if one.noted), None)

    def evidence(self, on: date, *, link: str, kind: str, now: str, then: str) -> list[Evidence]:
        """Return the figures of the day, and beside today's the newest the chain holds.

        `link` leads to the page that shows them, `kind` is how the evidence refers to them;
        `now` labels today's, `then` those of a day, which it names as %(day)s.
        """
        found, kept = self.newest(on), self.kept_until(on)
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

    def lead(self, day: date) -> str:
        """Return for which day the figures were counted that tell of it, as "Counted on …: "."""
        found = self.on(day)
        if found is None or found.noted is None:
            return ""
        return _("Counted on %(day)s:") % {"day": day_in_words(found.day)} + " "

    def untold(self, day: date) -> str:
        """Return that no figures tell of the day, as a sentence."""
        kept = self.kept_until(day)
        text = _("This day cannot be shown: no figures were kept.")
        if kept is None:
            return text
        last = _("The newest before it are of %(day)s.") % {"day": day_in_words(kept.day)}
        return f"{text} {last}"

    @cached_property
    def _days(self) -> list[date]:
        return [one.day for one in self.rows]


class ApprovedKind(Protocol):
    """What the past asks of a kind of proposal: its model, its name, and what one was called."""

    @property
    def kind(self) -> str: ...

    @property
    def model(self) -> type[Model]: ...

    def named(self, facts: Mapping[str, Any], /) -> str: ...


@dataclass(frozen=True, slots=True)
class ApprovedProposal:
    """A proposal that was approved. It is known from `noted.on`, and holds from `begins`."""

    key: int
    begins: date
    noted: Noted
    by: DecidedBy
    decided: date = date.min
    facts: Mapping[str, Any] = field(default_factory=dict)

    def evidence(self, kind: ApprovedKind) -> Evidence:
        """Return that a committee approved it as evidence, called as it was then."""
        row: Any = kind.model(pk=self.key)
        link, about = row.get_absolute_url(), f"{kind.kind} {self.key}"
        return event_evidence(kind.named(self.facts), link, about, self.noted, self.decided)


@dataclass(frozen=True)
class StandardPast:
    """The past of a register of one standard proposal: its counts by day, and the approvals."""

    figures: PastFigures[Mapping[str, int]]
    approved: Sequence[ApprovedProposal] = ()  # in the order they were approved

    def in_force_on(self, asked: Question) -> ApprovedProposal | None:
        """Return what was in force on the day, as far as it is known."""
        known = [one for one in self.approved if one.noted.on <= asked.known]
        begun = [one for one in known if one.begins <= asked.on]
        return max(begun, key=lambda one: (one.begins, one.noted.seq), default=None)

    def counts_on(self, day: date) -> Mapping[str, int] | None:
        """Return the counts that tell of the day; None where none do."""
        found = self.figures.on(day)
        return found.numbers if found else None


def told_of(found: Sequence[PastEvent], text: str, page: str, kind: str) -> Finding:
    """Return a finding that names what events of a kind of thing are about: it turns nothing.

    `text` holds their `number` and `names`; `page` is the address that shows one.
    """
    titles = [str(one.facts["title"]) for one in found]
    evidence = [
        event_evidence(
            title, reverse(page, args=[one.key]), f"{kind} {one.key}", one.noted, one.noted.on
        )
        for one, title in zip(found, titles, strict=True)
    ]
    names = ", ".join(f"“{title}”" for title in titles)
    return fulfilled(text % {"number": len(found), "names": names}, *evidence)


def standard_past(
    events: Iterable[PastEvent], today: Mapping[str, int], register: str, kind: str
) -> StandardPast:
    """Return the past that the kit's own events tell of a register and its kind of proposal."""
    rows = list(events)
    kept = [
        DayFigures(date.fromisoformat(one.facts["day"]), one.facts["counts"], one.noted)
        for one in rows
        if one.act == FIGURES_KEPT and one.facts["register"] == register
    ]
    counted = DayFigures(timezone.localdate(), today, None)
    return StandardPast(PastFigures.until_today(kept, counted), approvals(rows, kind))


def approvals(events: Iterable[PastEvent], kind: str) -> list[ApprovedProposal]:
    """Return the approvals of a kind of proposal, in the order in which they were written."""
    return [
        ApprovedProposal(
            one.key,
            date.fromisoformat(one.facts["from"]),
            one.noted,
            DecidedBy.told_by(one.facts),
            date.fromisoformat(one.facts["decided"]),
            one.facts,
        )
        for one in events
        if one.act == PROPOSAL_APPROVED and one.facts["kind"] == kind and one.facts["from"]
    ]
