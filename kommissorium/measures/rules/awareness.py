"""R7: what the year's plan promises was held, for each audience that it names.

An audience is to be informed by campaigns and taught by courses or simulations, as the plan says.
Held counts with figures that show that half of them or more were reached; a campaign without
figures with its conclusion. A plan that neither informs nor teaches employees is none. The day that counts is the one the committee approved: moving or calling off makes nothing green.

T8: the newest half-years are evaluated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kommissorium.measures.activities import (
    ActivityPast,
    Kind,
    KnownActivity,
    activity_evidence,
    late_and_called_off,
    no_plan,
    plan_of_the_year,
)
from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import year_before
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Question,
    State,
    Step,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import ApprovedProposal, OfHalf
from kommissorium.measures.rules.periods import half_years_evaluated
from kommissorium.measures.said import Small, Words, _, day, joined, link, listed

CAMPAIGN, PHISHING = "campaign", "phishing"
AUDIENCES: Final = {
    "employees": _("Employees"),
    "leaders": _("Leaders"),
    "executive": _("The executive board"),
}
KIND: Final = Kind(
    "awareness",
    "awareness.awarenessactivity",
    "awareness.awarenessplan",
    "awareness",
    _("Draft the plan of a year"),
)
EVALUATION: Final = OfHalf(
    "awareness.awarenessevaluation", "awareness_evaluation", _("Evaluation of awareness, %(half)s")
)
MOST: Final = 10  # pieces of evidence of a kind
EMPLOYEES: Final = "employees"
WANTED: Final = {
    "informed": _("The plan has no campaign for employees."),
    "taught": _("The plan has no course or simulation for employees."),
}

Pair = tuple[str, str, int]  # "informed" or "taught", the audience, the area or 0


@reads(CHAIRS)
def training_held(_clause: Clause, past: ActivityPast, asked: Question) -> Finding:
    """R7: this committee's plan of the year is in force, and what it promised by now was held."""
    plan = past.in_force_on(asked)
    if plan is None or plan.by.key != asked.committee:
        return no_plan(KIND, plan, asked)
    found = past.activities_on(asked)
    promised = [one for one in found if one.plan == plan.key]
    audiences = _audiences(found, promised, past, plan, asked)
    others = late_and_called_off(KIND, promised, asked.on)
    named = _left_out(promised)
    return combined([plan_of_the_year(KIND, plan, asked), *named, *audiences, *others])


def _left_out(promised: Sequence[KnownActivity]) -> Iterator[Finding]:
    """Yield that the plan does not inform employees, or does not teach them."""
    ways = {way for way, audience, _area in _by_pair(promised) if audience == EMPLOYEES}
    for way, text in WANTED.items():
        if way not in ways:
            yield not_fulfilled(text, step=Step(_("See what is planned"), link("awareness")))


@dataclass(frozen=True)
class _Standing:
    """An audience's standing: the state, and when it was reached last or is to be."""

    state: State
    words: Words
    evidence: Sequence[Evidence] = ()


def _audiences(
    found: Sequence[KnownActivity],
    promised: Sequence[KnownActivity],
    past: ActivityPast,
    plan: ApprovedProposal,
    asked: Question,
) -> list[Finding]:
    """Return the findings about the audiences, those of the same standing in one sentence."""
    earlier = {one.key for one in past.approved if one.noted.seq < plan.noted.seq}
    passed = (one for one in found if one.plan in earlier and one.promised < asked.on)
    known = _by_pair(passed)
    many = _employees(found, asked.on)
    last = {pair: _newest(rows, many) for pair, rows in _by_pair(found).items()}
    alike: dict[State, list[_Standing]] = defaultdict(list)
    for pair, rows in _by_pair(promised).items():
        newest = last.get(pair) or _held_last(found, pair)
        one = _standing(rows, newest, many, pair in known, asked.on)
        alike[one.state].append(one)
    return [_told(state, rows) for state, rows in alike.items()]


def _standing(
    rows: Sequence[KnownActivity],
    last: KnownActivity | None,
    many: int,
    was_promised: bool,
    on: date,
) -> _Standing:
    whom = audience_in_words(rows[0].facts)
    held = last.held_on if last and counts(last, many) else None
    if last and held and held >= year_before(on):
        words = _dated(whom, held, reach_in_words(last, many))
        return _Standing(State.FULFILLED, words, [activity_evidence(KIND, last)])
    coming = min((one.promised for one in rows if one.is_open), default=None)
    if coming is not None and coming >= on:
        state = State.NOT_YET_DUE
        if held or was_promised:
            state = State.DUE_SOON if held else State.NOT_FULFILLED
        return _Standing(state, _dated(whom, coming))
    if last and last.held_on and not held:
        whom = _dated(whom, last.held_on, reach_in_words(last, many))
    return _Standing(State.NOT_FULFILLED, whom)


def _told(state: State, rows: Sequence[_Standing]) -> Finding:
    names = listed(one.words for one in rows)
    evidence = [one for row in rows for one in row.evidence]
    if state == State.FULFILLED:
        text = _("Within twelve months something was held: %(names)s.") % {"names": names}
        return fulfilled(text, *evidence[:MOST])
    if state == State.NOT_YET_DUE:
        text = _("Not held yet, but planned: %(names)s.") % {"names": names}
        return Finding(state, text)
    if state == State.DUE_SOON:
        text = _("It is more than twelve months since something was held, and it is planned:")
        said = joined(text, joined(names, ".", between=""))
        return due_soon(said, step=Step(_("See what is planned"), link("awareness")))
    text = _("Nothing that counts was held within twelve months: %(names)s.") % {"names": names}
    return not_fulfilled(text, step=KIND.late.step)


def _dated(whom: Words, on: date, reach: Words = "") -> Words:
    inside = joined(day(on), reach, between=", ")
    return joined(whom, joined("(", inside, ")", between=""))


def reach_in_words(one: KnownActivity, many: int) -> Words:
    """Return how many of how many it reached; "" where no figures of enough people tell."""
    if not one.numbers.get("people"):
        return ""
    is_mail = one.facts["sort"] == PHISHING
    text = _("%(number)d of %(all)d got it") if is_mail else _("%(number)d of %(all)d reached")
    return text % {"number": _reached(one), "all": _whole(one, many)}


def _reached(one: KnownActivity) -> int:
    """Return how many got a simulated mail, or completed or saw what was held."""
    return one.numbers.get("people" if one.facts["sort"] == PHISHING else "done", 0)


def _whole(one: KnownActivity, many: int) -> int:
    """Return how many it was for: of all employees at least as many as there are known to be."""
    people = one.numbers.get("people", 0)
    return max(people, many) if _is_for_everybody(one) else people


def _is_for_everybody(one: KnownActivity) -> bool:
    return one.facts["audience"] == EMPLOYEES and not one.facts["area"]


def _employees(found: Iterable[KnownActivity], on: date) -> int:
    """Return the most employees that anything held within two years was for; 0 where none tells."""
    since = year_before(on, 24)
    told = (one for one in found if one.held_on and one.held_on >= since)
    return max((one.numbers.get("people", 0) for one in told if _is_for_everybody(one)), default=0)


def _by_pair(rows: Iterable[KnownActivity]) -> Mapping[Pair, list[KnownActivity]]:
    found: dict[Pair, list[KnownActivity]] = defaultdict(list)
    for one in rows:
        facts = one.facts
        way = "informed" if facts["sort"] == CAMPAIGN else "taught"
        found[way, facts["audience"], facts["area"] or 0].append(one)
    return found


def _newest(rows: Iterable[KnownActivity], many: int) -> KnownActivity | None:
    counting = [one for one in rows if counts(one, many)]
    return max(counting, key=_by_day, default=None)


def _held_last(found: Iterable[KnownActivity], pair: Pair) -> KnownActivity | None:
    """Return what was held last for an audience, though it does not count."""
    held = [one for one in _by_pair(found).get(pair, ()) if one.held_on]
    return max(held, key=_by_day, default=None)


def _by_day(one: KnownActivity) -> tuple[date, int]:
    return one.held_on or date.min, one.key


def counts(one: KnownActivity, many: int) -> bool:
    """Return whether it was held, and its figures show that half of them or more were reached.

    Figures of few people say only whether they were; few are not the municipality's employees.
    """
    if one.held_on is None:
        return False
    if one.numbers.get("people"):
        return 2 * _reached(one) >= _whole(one, many)
    if one.facts["sort"] == CAMPAIGN and not one.numbers:
        return True
    return bool(one.numbers.get("reached")) and not _is_for_everybody(one)


def audience_in_words(facts: Mapping[str, object]) -> Words:
    """Return the form of activity and its audience, as a few words."""
    whom: Words = AUDIENCES[str(facts["audience"])]
    if facts["area_name"]:
        whom = _("%(whom)s in %(area)s") % {"whom": whom, "area": facts["area_name"]}
    informed, taught = _("%(whom)s informed"), _("%(whom)s taught")
    return (informed if facts["sort"] == CAMPAIGN else taught) % {"whom": Small(whom)}


@reads(CHAIRS)
def awareness_evaluated(_clause: Clause, past: ActivityPast, asked: Question) -> Finding:
    """T8: the newest two half-years whose time is up are evaluated, each in time."""
    return half_years_evaluated(EVALUATION, "awareness", past, asked)


CHECKS: Mapping[str, Check[Any]] = {
    Measure.AWARENESS_TRAINING: training_held,
    Measure.AWARENESS_EVALUATION: awareness_evaluated,
}
