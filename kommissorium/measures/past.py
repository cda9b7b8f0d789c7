"""History of registers from the chain: events, and a register's figures day by day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from kommissorium.measures.findings import (
    Check,
    Evidence,
    Noted,
    Question,
    event_evidence,
)
from kommissorium.measures.periods import Half
from kommissorium.measures.said import Link, Said, Words, _, joined, link
from kommissorium.measures.said import day as day_said

Counts = Mapping[str, int]
N = TypeVar("N")
TOLD_FOR: Final = timedelta(days=2)  # figures tell of the two days after their own too
FIGURES_KEPT: Final = "registers.figures_kept"
PROPOSAL_APPROVED: Final = "registers.proposal_approved"
STANDARD_ACTS: Final = (FIGURES_KEPT, PROPOSAL_APPROVED)


class ActAbout(NamedTuple):
    """An act, of which the events about one kind of object alone are asked for."""

    act: str
    kind: str


def act_of(one: str | ActAbout) -> str:
    """Return the act alone."""
    return one if isinstance(one, str) else one.act


@dataclass(frozen=True)
class PastEvent:
    """An event as a past is put together from it: the act, the key of its object, the facts."""

    act: str
    key: int
    facts: Mapping[str, Any]
    noted: Noted


@dataclass(frozen=True)
class DecidedBy:
    """The committee that decided something: its key, what it was called then, its decision's number."""

    key: int
    name: str
    number: str = ""

    @classmethod
    def told_by(cls, facts: Mapping[str, Any]) -> DecidedBy:
        name = facts.get("committee_name", "")
        return cls(facts.get("committee", 0), name, facts.get("decision", ""))

    @property
    def is_chairs(self) -> bool:
        """Return whether its chair decided between meetings: such decisions are numbered 2026/F2."""
        return self.number.partition("/")[2].startswith("F")


@dataclass(frozen=True)
class DayFigures(Generic[N]):
    """Figures of a register on a day. `noted` is None for today, which is counted."""

    day: date
    numbers: N
    noted: Noted | None


Today = DayFigures[Counts]  # as they are counted, which the chain does not tell yet


@dataclass(frozen=True)
class PastFigures(Generic[N]):
    """A register's figures by day, the oldest first."""

    rows: Sequence[DayFigures[N]]

    @classmethod
    def until_today(cls, kept: Iterable[DayFigures[N]], today: DayFigures[N]) -> PastFigures[N]:
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

    def known_on(self, day: date) -> N | None:
        """Return the numbers that tell of the day; of a day to come, today's."""
        found = self.newest(day)
        return found.numbers if found and (found.noted is None or self.on(day)) else None

    def kept_until(self, day: date) -> DayFigures[N] | None:
        """Return the newest figures that the chain holds, known when the day ended."""
        known = reversed(self.rows[: bisect_right(self._days, day)])
        return next((one for one in known if one.noted), None)

    def evidence(
        self, on: date, *, link: Link | str, kind: str, now: Words, then: str | Said
    ) -> list[Evidence]:
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
                    label=then % {"day": day_said(kept.day)},
                    link=f"{link}?on={kept.day.isoformat()}",
                    reference=f"{kind} {kept.day.isoformat()}",
                    event=kept.noted.seq,
                    fingerprint=kept.noted.hash,
                    on=kept.day,
                )
            )
        return evidence

    def lead(self, day: date) -> Words:
        """Return for which day the figures were counted that tell of it, as "Counted on …:"."""
        found = self.on(day)
        if found is None or found.noted is None:
            return ""
        return _("Counted on %(day)s:") % {"day": day_said(found.day)}

    def untold(self, day: date) -> Words:
        """Return that no figures tell of the day, as a sentence."""
        kept = self.kept_until(day)
        text = _("This day cannot be shown: no figures were kept.")
        if kept is None:
            return text
        last = _("The newest before it are of %(day)s.") % {"day": day_said(kept.day)}
        return joined(text, last)

    @cached_property
    def _days(self) -> list[date]:
        return [one.day for one in self.rows]


class ApprovedKind(Protocol):
    """A kind of proposal as the past asks of it: its name, what one was called, its page."""

    @property
    def kind(self) -> str: ...

    def named(self, facts: Mapping[str, Any], /) -> Words: ...

    def link_to(self, key: int, /) -> Link | str: ...


@dataclass(frozen=True)
class Named:
    """A kind of proposal that is called by its facts: `values` are names in the text, and of facts."""

    kind: str
    page: str
    text: Said
    values: tuple[tuple[str, str], ...]

    def named(self, facts: Mapping[str, Any]) -> Words:
        return self.text % {name: facts[fact] for name, fact in self.values}

    def link_to(self, key: int) -> Link:
        return link(self.page, key)


@dataclass(frozen=True)
class OfHalf:
    """A kind of proposal that is called by its half-year."""

    kind: str
    page: str
    text: Said

    def named(self, facts: Mapping[str, Any]) -> Words:
        return self.text % {"half": Half(facts["year"], facts["number"]).words}

    def link_to(self, key: int) -> Link:
        return link(self.page, key)


@dataclass(frozen=True)
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
        page, about = kind.link_to(self.key), f"{kind.kind} {self.key}"
        return event_evidence(kind.named(self.facts), page, about, self.noted, self.decided)


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


@dataclass(frozen=True)
class Beside:
    """What a past needs beside the chain: the committee of each meeting, and the counts of a
    register on a day whose figures were not kept."""

    committees: Mapping[int, int]
    count: Callable[[str, date], Counts]


@dataclass(frozen=True)
class RegisterRules:
    """A register's rules: by measure, and by a code of its own what rules of several registers ask.

    `acts` are the events its past is put together from, `home` the page of the register.
    """

    code: str
    label: Said
    home: str
    acts: Sequence[str | ActAbout]
    checks: Mapping[str, Check[Any]]
    past: Callable[[Sequence[PastEvent], Today, Beside], Any]


def standard_past(
    events: Iterable[PastEvent], today: Today, register: str, kind: str
) -> StandardPast:
    """Return the past that the kit's own events tell of a register and its kind of proposal.

    `today` are the figures as they are counted, of which the chain says nothing yet.
    """
    rows = list(events)
    kept = [
        DayFigures(date.fromisoformat(one.facts["day"]), one.facts["counts"], one.noted)
        for one in rows
        if one.act == FIGURES_KEPT and one.facts["register"] == register
    ]
    return StandardPast(PastFigures.until_today(kept, today), approvals(rows, kind))


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
