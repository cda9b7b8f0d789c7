"""Findings on a clause on a date: a state, a sentence, the evidence and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from kommissorium.measures.clauses import Clause
from kommissorium.measures.days import SOON, add_months, year_before
from kommissorium.measures.said import Link, Words, _, joined
from kommissorium.measures.said import day as day_said

P = TypeVar("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Answered:
    """What a meeting made of a decision its chair took before: `written_on` is the minutes' day."""

    on: date
    written_on: date
    outcome: str


@dataclass(frozen=True)
class ChairsDecision:
    """A decision that the chair took between meetings, and what meetings made of it."""

    key: int
    answers: tuple[Answered, ...] = ()  # in the order of the meetings


@dataclass(frozen=True)
class Question:
    """Question to a rule: the state `on` a day, by what was recorded when the day `known` ended.

    As it was known then, both are the same day; as we know it today, `known` is today. `since`
    is when the clause began to be measured. `committee` is the key of the one whose mandate is
    asked about: it did not decide what another one did. `chairs` is what its chair decided
    alone, by number; `chair_may` says that the mandate lets the chair approve policies and plans.
    """

    on: date
    known: date
    since: date
    committee: int
    chairs: Mapping[str, ChairsDecision] = field(default_factory=dict, hash=False)
    chair_may: bool = False


class State(str, Enum):
    """State of a clause. Each means one thing, and the same wherever it is shown."""

    FULFILLED = "fulfilled"
    DUE_SOON = "due_soon"
    NOT_FULFILLED = "not_fulfilled"
    NOT_YET_DUE = "not_yet_due"  # the first period is running
    NO_OCCASION = "no_occasion"  # nothing happened that it asks about
    OPEN_ROW = "open_row"  # the mandate names nobody for it
    UNMEASURED = "unmeasured"  # by nothing, or by nothing of that day

    def __str__(self) -> str:
        return str(self.value)

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    State.FULFILLED: _("Fulfilled"),
    State.DUE_SOON: _("Due soon"),
    State.NOT_FULFILLED: _("Not fulfilled"),
    State.NOT_YET_DUE: _("Not yet due"),
    State.NO_OCCASION: _("No occasion"),
    State.OPEN_ROW: _("Open row"),
    State.UNMEASURED: _("Not measured"),
}


@dataclass(frozen=True)
class Noted:
    """The event by which the chain knows of a fact: its number, the day it was written, its hash.

    `by` is the pseudonym of whoever wrote it; "" for the program.
    """

    seq: int
    on: date
    hash: str
    by: str = ""


@dataclass(frozen=True)
class Evidence:
    """Reference to the source of a statement: a row, a record or an event.

    `label` names nobody and nothing that is closed. `reference` is how the chain names the
    object, kind and key. `record` is the key of a frozen record and `fingerprint` the hash of its
    content; where there is none, `fingerprint` is the hash of the `event`, a number in the chain.
    `on` is the day it tells of; `noted_on`, where it differs, the day it was written.
    """

    label: Words
    link: Link | str
    reference: str = ""
    record: int | None = None
    event: int | None = None
    fingerprint: str = ""
    on: date | None = None
    noted_on: date | None = None
    is_closed: bool = False  # only those whom the committee names can open it


@dataclass(frozen=True)
class Step:
    """Next step for a clause that is not fulfilled: a button.

    All steps are for those who prepare the committee's meetings.
    """

    label: Words
    link: Link | str


@dataclass(frozen=True)
class Finding:
    """Finding of a rule: a state, and plain words for it."""

    state: State
    sentence: Words
    evidence: tuple[Evidence, ...] = ()
    step: Step | None = None


# What is found of a clause; the past may reach beyond the day that is asked, and must not tell.
Check = Callable[[Clause, P, Question], Finding]


def fulfilled(sentence: Words, *evidence: Evidence) -> Finding:
    return Finding(State.FULFILLED, sentence, evidence)


def due_soon(sentence: Words, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.DUE_SOON, sentence, evidence, step)


def not_fulfilled(sentence: Words, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.NOT_FULFILLED, sentence, evidence, step)


def unmeasured(sentence: Words, *evidence: Evidence) -> Finding:
    return Finding(State.UNMEASURED, sentence, evidence)


def not_yet_due(sentence: Words, *evidence: Evidence, step: Step | None = None) -> Finding:
    return Finding(State.NOT_YET_DUE, sentence, evidence, step)


def no_occasion(sentence: Words, *evidence: Evidence) -> Finding:
    return Finding(State.NO_OCCASION, sentence, evidence)


def unless_first_period(missing: Finding, asked: Question, months: int) -> Finding:
    """Return what is found missing, or that it is not yet due: in the first months of measuring.

    In the last thirty days of them it is due soon.
    """
    due = add_months(asked.since, months)
    if asked.on >= due:
        return missing
    lead = _("It is to be there by %(day)s: it is measured since %(since)s.")
    text = lead % {"day": day_said(due), "since": day_said(asked.since)}
    state = State.DUE_SOON if asked.on + SOON >= due else State.NOT_YET_DUE
    return Finding(state, joined(missing.sentence, text), missing.evidence, missing.step)


def combined(parts: Sequence[Finding]) -> Finding:
    """Return one finding for a clause that asks for several things, each fulfilled or not.

    It says all that is said of the parts; the first of those that stand worst gives state and step.
    """
    worst = min(parts, key=lambda part: _WORST_FIRST.index(part.state))
    text = joined(*(part.sentence for part in parts))
    evidence = tuple(one for part in parts for one in part.evidence)
    return Finding(worst.state, text, evidence, worst.step)


_WORST_FIRST = (
    *(State.NOT_FULFILLED, State.DUE_SOON, State.UNMEASURED, State.NOT_YET_DUE),
    *(State.OPEN_ROW, State.NO_OCCASION, State.FULFILLED),
)


def late_or_soon(
    late: Sequence[T],
    soon: Sequence[T],
    words: tuple[Any, Any],
    evidence: Callable[[T], Evidence],
    step: Step,
) -> Finding | None:
    """Return what is late, else what soon is, told by how many it is; None where neither is.

    `words` are for each the sentence of a `number` of them.
    """
    for rows, text, found in ((late, words[0], not_fulfilled), (soon, words[1], due_soon)):
        if rows:
            said = text % {"number": len(rows)}
            return found(said, *map(evidence, rows), step=step)
    return None


def event_evidence(
    label: Words,
    link: Link | str,
    reference: str,
    noted: Noted | None,
    on: date | None,
) -> Evidence:
    """Return what an event tells as evidence; without the event where the chain has none."""
    return Evidence(
        label=label,
        link=link,
        reference=reference,
        event=noted.seq if noted else None,
        fingerprint=noted.hash if noted else "",
        on=on,
        noted_on=noted.on if noted else None,
    )


def within_a_year(text: Words, since: date, on: date, evidence: Evidence, step: Step) -> Finding:
    """Return what is found of something to be done each year, last done `since`; `text` says so."""
    if since < year_before(on):
        late = _("That is more than twelve months ago.")
        return not_fulfilled(joined(text, late), evidence, step=step)
    if since < year_before(on + SOON):
        soon = _("Within a month it is more than twelve months ago.")
        return due_soon(joined(text, soon), evidence, step=step)
    return fulfilled(text, evidence)


Past = Any  # of a register, as its own rules look at it
