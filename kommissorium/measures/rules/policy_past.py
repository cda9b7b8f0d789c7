"""The past of the policies as their rules look at it: what was decided, when, and what was retired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from kommissorium.measures.days import add_months, year_before
from kommissorium.measures.findings import (
    Noted,
    Question,
)
from kommissorium.measures.past import (
    PROPOSAL_APPROVED,
    STANDARD_ACTS,
    DecidedBy,
    PastEvent,
    PastFigures,
    Today,
    standard_past,
)

KIND: Final = "policies.version"
UPPER_DECIDED: Final = "policies.upper_decided"
BY_OWNER: Final = "policies.approved_by_owner"
EVERYBODYS: Final = 0  # where no committee is told of it
RETIRED: Final = "policies.document_retired"
ACTS: Final = (*STANDARD_ACTS, UPPER_DECIDED, BY_OWNER, RETIRED)


@dataclass(frozen=True)
class DecidedVersion:
    """A version that a committee decided on, a body above it, or the owner; `begins` is None where it was
    recommended alone. `picture` is what it stands on, as the chain names it."""

    key: int
    document: int
    title: str
    level: str
    change: str
    decided: date
    begins: date | None
    months: int
    frame: Sequence[str]
    picture: str
    picture_on: date | None
    by: DecidedBy
    noted: Noted

    @property
    def review_by(self) -> date:
        return add_months(self.begins or self.decided, self.months)

    @property
    def is_overall(self) -> bool:
        return self.level == "overall"


@dataclass(frozen=True)
class PolicyPast:
    """History of the policies from the chain. `events` are there for the checks of other parts."""

    figures: PastFigures[Mapping[str, int]]
    decided: Sequence[DecidedVersion]  # in the order of the chain
    retired: Sequence[PastEvent]
    events: Sequence[PastEvent]

    @cached_property
    def by_act(self) -> Mapping[str, Sequence[PastEvent]]:
        """Return the events by their act, each in the order of the chain."""
        found: dict[str, list[PastEvent]] = defaultdict(list)
        for event in self.events:
            found[event.act].append(event)
        return found

    def of(self, *acts: str) -> list[PastEvent]:
        """Return the events of these acts, in the order of the chain."""
        found = (event for act in acts for event in self.by_act.get(act, ()))
        return sorted(found, key=lambda event: event.noted.seq)

    def known(self, asked: Question) -> list[DecidedVersion]:
        """Return what the committee had decided on, by what was known and not retired since."""
        own = [one for one in self.decided if one.by.key in (asked.committee, EVERYBODYS)]
        told = [one for one in own if one.noted.on <= asked.known]
        return [one for one in told if not self.is_gone(one, asked)]

    def is_gone(self, one: Any, asked: Question) -> bool:
        """Return whether its document was retired after it was decided, as far as it is known."""
        until = min(asked.on, asked.known)
        gone = [it.noted for it in self.retired if it.key == one.document and it.noted.on <= until]
        return any(it.seq > one.noted.seq for it in gone)

    def taken_out(self, asked: Question) -> list[PastEvent]:
        """Return what retired a document that was decided on, within the twelve months until the day.

        Of documents under the overall policy that this committee or an owner had decided on.
        """
        until, found = min(asked.on, asked.known), []
        for one in self.retired:
            said = [it for it in self.decided if it.document == one.key]
            last = next((it for it in reversed(said) if it.noted.seq < one.noted.seq), None)
            is_ours = last and last.by.key in (asked.committee, EVERYBODYS) and not last.is_overall
            if is_ours and year_before(asked.on) <= one.noted.on <= until:
                found.append(one)
        return found

    def is_of(self, document: int, asked: Question) -> bool:
        """Return whether a document is the committee's: the last that decided on it, as known then.

        What no committee has decided on is everybody's.
        """
        until = min(asked.on, asked.known)
        said = [one for one in self.decided if one.document == document and one.noted.on <= until]
        return not said or said[-1].by.key in (asked.committee, EVERYBODYS)

    def in_force(self, asked: Question) -> list[DecidedVersion]:
        """Return the version in force of each document on the day."""
        found: dict[int, DecidedVersion] = {}
        for one in self.begun(asked):
            found[one.document] = one
        return list(found.values())

    def begun(self, asked: Question) -> list[DecidedVersion]:
        """Return those that had begun on the day, the one that began last, last."""
        begun = [one for one in self.known(asked) if one.begins and one.begins <= asked.on]
        return sorted(begun, key=lambda one: (one.begins or date.min, one.noted.seq))

    def last_revision(self, document: int, asked: Question) -> DecidedVersion | None:
        """Return the last version of a document that revised it: a minor change is no revision."""
        own = [one for one in self.begun(asked) if one.document == document]
        return next((one for one in reversed(own) if one.change != "minor"), None)

    def waiting(self, asked: Question) -> list[DecidedVersion]:
        """Return what was recommended and not decided on above when the day ended."""
        said = [one for one in self.known(asked) if one.decided <= asked.on]
        last = {one.key: one for one in said}
        settled = {
            event.facts["key"]
            for event in self.events
            if event.act == UPPER_DECIDED and event.noted.on <= asked.known
        }
        return [one for one in last.values() if one.begins is None and one.key not in settled]


def policy_past(
    events: Iterable[PastEvent], today: Today, register: str = "policies"
) -> PolicyPast:
    """Return the past that the events tell, with a register's figures: `today` is how it is counted now."""
    told = list(events)
    decided = [
        _decided(event)
        for event in told
        if (event.act == PROPOSAL_APPROVED and event.facts["kind"] == KIND)
        or (event.act == UPPER_DECIDED and event.facts["is_approved"])
        or event.act == BY_OWNER
    ]
    retired = [event for event in told if event.act == RETIRED]
    figures = standard_past(told, today, register, KIND).figures
    return PolicyPast(figures, decided, retired, told)


def _decided(event: PastEvent) -> DecidedVersion:
    facts: Mapping[str, Any] = event.facts
    key = facts["key"] if event.act == UPPER_DECIDED else event.key
    return DecidedVersion(
        key=key,
        document=facts["document"],
        title=facts["title"],
        level=facts["level"],
        change=facts["change"],
        decided=_day(facts["decided"]) or event.noted.on,
        begins=_day(facts["from"]),
        months=facts["months"],
        frame=tuple(facts["frame"]),
        picture=facts["picture"],
        picture_on=_day(facts["picture_on"]),
        by=DecidedBy.told_by(facts),
        noted=event.noted,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
