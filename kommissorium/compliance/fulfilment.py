"""How a mandate is fulfilled, clause by clause, on a date or over years, and this in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Municipality
from kommissorium.committees.models import Clause, Mandate
from kommissorium.compliance.history import CommitteeHistory
from kommissorium.core.ui.localised import day
from kommissorium.measures.answer import find
from kommissorium.measures.clauses import Clause as Asked
from kommissorium.measures.clauses import is_promise, same_clause
from kommissorium.measures.days import add_months
from kommissorium.measures.findings import Finding, State


@dataclass(frozen=True, slots=True)
class ClauseFinding:
    """A clause and its finding; `today` is the finding by what is known today,
    where that differs."""

    clause: Clause
    finding: Finding
    today: Finding | None = None

    @property
    def state(self) -> State:
        return self.finding.state


@dataclass(frozen=True)
class Fulfilment:
    """A mandate's fulfilment on a date, clause by clause, by what was known when a day ended."""

    on: date
    known: date
    mandate: Mandate | None
    measured_from: date | None
    findings: Sequence[ClauseFinding]

    @property
    def counts(self) -> dict[State, int]:
        """Return the number of clauses in each state."""
        found = Counter(one.state for one in self.findings)
        return {state: found[state] for state in State}

    @property
    def is_as_known_then(self) -> bool:
        return self.known == self.on

    def in_state(self, *states: State) -> list[ClauseFinding]:
        return [one for one in self.findings if one.state in states]


@dataclass(frozen=True)
class ClauseLine:
    """A clause of today's mandate and its state at the end of each month; None before it was."""

    clause: Clause
    states: Sequence[State | None]


def fulfilment_on(history: CommitteeHistory, on: date, known: date | None = None) -> Fulfilment:
    """Return the fulfilment of the mandate in force on the date; no findings without one.

    `known` is the day up to whose end what was written counts: the date itself unless it is
    given. As it was known then, each clause also says what is found of it by what is known now.
    """
    known = known or on
    then, now = history.as_known(known), history
    found = []
    for clause in filter(is_promise, then.clauses_on(on)):
        finding = find(clause, then, on)
        later = find(clause, now, on) if now is not then else finding
        is_same = (later.state, later.sentence) == (finding.state, finding.sentence)
        row = history.clause_rows[clause.pk]
        found.append(ClauseFinding(row, finding, None if is_same else later))
    return Fulfilment(on, known, then.row_on(on), then.measured_from, found)


def timeline(
    history: CommitteeHistory, clauses: Sequence[Asked], months: Sequence[date]
) -> list[ClauseLine]:
    """Return the state of each clause on each of the days, as it was known then.

    On each day it is the clause of the mandate then in force that says the same.
    """
    known = [(day, history.as_known(day)) for day in months]
    return [
        ClauseLine(
            history.clause_rows[clause.pk], [_state_on(clause, then, day) for day, then in known]
        )
        for clause in clauses
        if is_promise(clause)
    ]


def month_ends(last: date, number: int) -> list[date]:
    """Return the last days of this many months before the day, and the day itself."""
    first = last.replace(day=1)
    ends = [add_months(first, -back) - timedelta(days=1) for back in range(number - 1)]
    return [*reversed(ends), last]


def _state_on(clause: Asked, history: CommitteeHistory, day: date) -> State | None:
    then = same_clause(clause, history.clauses_on(day))
    return find(then, history, day).state if then else None


# Told apart without colour, and the same everywhere.
MARKS: Mapping[str, str] = {
    State.FULFILLED: "●",
    State.DUE_SOON: "◐",
    State.NOT_FULFILLED: "✕",
    State.NOT_YET_DUE: "○",
    State.NO_OCCASION: "·",
    State.OPEN_ROW: "□",
    State.UNMEASURED: "–",
}
TONES: Mapping[str, str] = {
    State.FULFILLED: "success",
    State.DUE_SOON: "warning",
    State.NOT_FULFILLED: "error",
    State.NOT_YET_DUE: "waiting",
    State.NO_OCCASION: "neutral",
    State.OPEN_ROW: "neutral",
    State.UNMEASURED: "neutral",
}


def in_words(fulfilment: Fulfilment) -> str:
    """Return the number of clauses in each state, as sentences; states without any are left out."""
    if fulfilment.mandate is None:
        return _("No mandate was in force.")
    counts = fulfilment.counts
    number, of = counts[State.FULFILLED], len(fulfilment.findings)
    first = ngettext(
        "%(number)d of %(of)d clause is fulfilled.",
        "%(number)d of %(of)d clauses are fulfilled.",
        of,
    ) % {"number": number, "of": of}
    return " ".join([first, *_others(counts), *_adopted_alone(fulfilment.mandate)])


def _adopted_alone(mandate: Mandate) -> list[str]:
    """Return the caveat about the mandate's approval: by one person, or that one person may."""
    if mandate.was_approved_alone():
        return [_("One person both entered and approved the mandate.")]
    if Municipality.current().one_may_adopt_mandates:
        return [_("By a setting one person may both enter and approve a mandate.")]
    return []


def reading_in_words(fulfilment: Fulfilment) -> str:
    """Return the basis of the answer: what was known then, or what is known today."""
    if fulfilment.is_as_known_then:
        return _("As it was known on %(day)s") % {"day": day(fulfilment.on)}
    return _("As we know it on %(day)s") % {"day": day(fulfilment.known)}


def _others(counts: Mapping[State, int]) -> list[str]:
    words = {
        State.NOT_FULFILLED: ngettext(
            "%(number)d is not fulfilled.",
            "%(number)d are not fulfilled.",
            counts[State.NOT_FULFILLED],
        ),
        State.DUE_SOON: ngettext(
            "%(number)d is due soon.",
            "%(number)d are due soon.",
            counts[State.DUE_SOON],
        ),
        State.NOT_YET_DUE: ngettext(
            "%(number)d is not yet due.",
            "%(number)d are not yet due.",
            counts[State.NOT_YET_DUE],
        ),
        State.NO_OCCASION: ngettext(
            "There was no occasion for %(number)d.",
            "There was no occasion for %(number)d.",
            counts[State.NO_OCCASION],
        ),
        State.OPEN_ROW: ngettext(
            "%(number)d is an open row.",
            "%(number)d are open rows.",
            counts[State.OPEN_ROW],
        ),
        State.UNMEASURED: ngettext(
            "%(number)d is not measured.",
            "%(number)d are not measured.",
            counts[State.UNMEASURED],
        ),
    }
    return [text % {"number": counts[state]} for state, text in words.items() if counts[state]]
