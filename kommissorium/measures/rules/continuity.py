"""R8 and R9: critical services have their plans, and tests of these are held.

A critical service has sixty days from when it became critical, or from when it was added and
nobody said how critical it is; plans that are due for review as many. Until then it is amber,
then red.

A test counts that was held with a result, those of one day as one. Evaluation and improvements
are told apart, so that nobody is tempted to close a test early: each is amber when it takes more
than sixty days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kommissorium.measures.activities import (
    PATIENCE,
    KnownActivity,
    activity_evidence,
)
from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import Counted, plural
from kommissorium.measures.days import SOON, year_before
from kommissorium.measures.findings import (
    Check,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.past import ApprovedProposal, told_of
from kommissorium.measures.rules.continuity_past import (
    PARTS,
    PLAN,
    TESTS,
    UNANNOUNCED_TEST,
    ContinuityPast,
    KnownService,
    covers,
    happened,
    review_by,
)
from kommissorium.measures.said import Said, Small, Words, _, day, joined, link, listed, ngettext

LACKING: Final = Counted(
    "lacking",
    plural("One critical service lacks plans.", "%(number)d critical services lack plans."),
    none=_("Every critical service has its plans."),
    button=_("See what lacks plans"),
    page="continuity",
    narrowed="standing=lacking",
)
UNASSESSED: Final = Counted(
    "unassessed",
    plural("One service is not assessed.", "%(number)d services are not assessed."),
    button=_("Assess"),
    page="continuity",
    narrowed="standing=unassessed",
)
FIRST_MONTHS: Final = 6  # in which the first plans are to be there
MOST: Final = 10  # pieces of evidence

Plans = Mapping[int, ApprovedProposal]


def plans_in_force(_clause: Clause, past: ContinuityPast, asked: Question) -> Finding:
    """R8: critical services have their plans, and these are reviewed in time."""
    services, plans = past.services_on(asked), past.plans_on(asked)
    critical = [one for one in services if one.is_critical]
    step = Step(_("See the services"), link("continuity"))
    if not any(one.is_assessed for one in services):
        text = _("Nobody has said yet what must go on.")
        return unless_first_period(not_fulfilled(text, step=step), asked, FIRST_MONTHS)
    parts = [_covered(critical, plans), *_lacking(critical, plans, asked)]
    parts += [*_reviews(critical, plans, asked), *_unassessed(services, asked)]
    parts += _set_down(past, asked)
    return combined([*parts, *_systems(past, asked)])


def _covered(critical: Sequence[KnownService], plans: Plans) -> Finding:
    whole = [plans[one.key] for one in critical if not covers(plans.get(one.key))]
    text = ngettext(
        "%(number)d of %(all)d critical services has the plans in force or needs none.",
        "%(number)d of %(all)d critical services have the plans in force or need none.",
        len(whole),
    )
    values = {"number": len(whole), "all": len(critical)}
    return fulfilled(text % values, *[one.evidence(PLAN) for one in whole[:MOST]])


def _lacking(critical: Sequence[KnownService], plans: Plans, asked: Question) -> Iterator[Finding]:
    lacking = [one for one in critical if covers(plans.get(one.key))]
    if not lacking:
        return
    names = listed(
        _("%(service)s (%(plans)s)")
        % {
            "service": one.title,
            "plans": listed(Small(PARTS[part]) for part in covers(plans.get(one.key))),
        }
        for one in lacking[:MOST]
    )
    text = _("Not there yet: %(names)s.") % {"names": names}
    is_late = any(one.since + PATIENCE < asked.on for one in lacking)
    found = (not_fulfilled if is_late else due_soon)(text, step=LACKING.step)
    yield unless_first_period(found, asked, FIRST_MONTHS)


def _reviews(critical: Sequence[KnownService], plans: Plans, asked: Question) -> Iterator[Finding]:
    """Yield the findings about reviews: late for long, late, or near."""
    due = [(review_by(plans[one.key]), one.title) for one in critical if one.key in plans]
    first, title = min(due, default=(None, ""))
    if first is None or first > asked.on + SOON:
        return
    late = [one for one, _title in due if one < asked.on]
    values = {"service": title, "day": day(first), "number": len(late)}
    step = Step(_("See what is to be reviewed"), link("continuity", end="?standing=overdue"))
    if not late:
        near = _("The plans of %(service)s are to be reviewed by %(day)s.")
        yield due_soon(near % values, step=step)
        return
    text = ngettext(
        "The plans of %(service)s were to be reviewed by %(day)s.",
        "The plans of %(number)d services were to be reviewed, the first, %(service)s, by %(day)s.",
        len(late),
    )
    make = not_fulfilled if first + PATIENCE < asked.on else due_soon
    yield make(text % values, step=step)


def _set_down(past: ContinuityPast, asked: Question) -> Iterator[Finding]:
    """List the services that are no longer critical: readers of the answer are to know of them."""
    found = past.set_down(asked)
    if not found:
        return
    text = ngettext(
        "Within twelve months %(number)d service was taken out or called critical no more: %(names)s.",
        "Within twelve months %(number)d services were taken out or called critical no more: %(names)s.",
        len(found),
    )
    yield told_of(found, text, "continuity_service", "continuity.service")


def _unassessed(services: Sequence[KnownService], asked: Question) -> Iterator[Finding]:
    found = [one for one in services if not one.is_assessed]
    if not found:
        return
    text = _("Nobody has said how critical these are, or how long they can be down: %(names)s.")
    text %= {"names": ", ".join(one.title for one in found[:MOST])}
    is_late = any(one.since + PATIENCE < asked.on for one in found)
    yield (not_fulfilled if is_late else due_soon)(text, step=UNASSESSED.step)


def _systems(past: ContinuityPast, asked: Question) -> Iterator[Finding]:
    """List the systems that were counted; they change no state, for the clause asks for plans."""
    counts = past.counts_on(asked.on)
    if counts is None or asked.known < asked.on:
        return
    if number := counts.get("critical_systems_alone", 0):
        text = ngettext(
            "%(number)d critical system is named by no service.",
            "%(number)d critical systems are named by no service.",
            number,
        )
        yield fulfilled(text % {"number": number})
    if number := counts.get("too_slow", 0):
        text = ngettext(
            "%(number)d critical service needs a system that is back too late, or nobody has said when.",
            "%(number)d critical services need a system that is back too late, or nobody has said when.",
            number,
        )
        yield fulfilled(text % {"number": number})


A_YEAR: Final = 12
MOST_TESTS: Final = 10
# A clause that asks for a test nobody knows of beforehand, in the languages of mandates.
UNANNOUNCED: Final = re.compile(
    r"uden varsel|uvarslet|uanmeldt|unannounced|without (?:warning|notice)|uvarslede|oanmäld",
    re.IGNORECASE,
)


def enough_tests(clause: Clause, past: ContinuityPast, asked: Question) -> Finding:
    """R9: the tests of twelve months are enough, and their findings are followed up."""
    tests = past.tests_on(asked)
    return combined([_enough(clause, tests, asked), *_evaluated(tests, past, asked)])


def wanted(clause: Clause) -> tuple[int, bool]:
    """Return the number of tests a clause asks for a year, and whether one is to be unannounced."""
    by_months = max(1, A_YEAR // clause.cadence_months) if clause.cadence_months else 1
    return clause.min_per_year or by_months, bool(UNANNOUNCED.search(clause.text))


def _enough(clause: Clause, tests: Sequence[KnownActivity], asked: Question) -> Finding:
    held = [one for one in tests if happened(one) >= year_before(asked.on)]
    text = ngettext(
        "%(number)d test was held within twelve months.",
        "%(number)d tests were held within twelve months.",
        len(held),
    ) % {"number": len(held)}
    said: Words = text
    if held:
        newest = _("The newest: “%(title)s”, %(day)s.")
        values = {"title": held[-1].facts["title"], "day": day(held[-1].held_on)}
        said = joined(text, newest % values)
    evidence = [activity_evidence(TESTS, one) for one in held[-MOST_TESTS:]]
    step = Step(_("See the tests"), link("continuity_tests"))
    if missing := _missing(clause, held):
        lacking = not_fulfilled(joined(said, missing), *evidence, step=step)
        return unless_first_period(lacking, asked, A_YEAR)
    kept = [one for one in held if happened(one) >= year_before(asked.on + SOON)]
    if _missing(clause, kept):
        soon = _("Within a month that is no longer enough.")
        return due_soon(joined(said, soon), *evidence, step=step)
    return fulfilled(said, *evidence)


def _missing(clause: Clause, held: Sequence[KnownActivity]) -> Words:
    """Return the missing tests of those the clause asks for, as a sentence; "" for nothing."""
    number, is_unannounced = wanted(clause)
    if len(held) < number:
        text = ngettext("%(number)d is asked for.", "%(number)d are asked for.", number)
        return text % {"number": number}
    if len({happened(one) for one in held}) < number:
        return _("Those of one day count as one: %(number)d are asked for.") % {"number": number}
    if is_unannounced and all(one.facts["notice"] != UNANNOUNCED_TEST for one in held):
        return _("One is to be held without notice, and none was.")
    return ""


def _evaluated(
    tests: Sequence[KnownActivity], past: ContinuityPast, asked: Question
) -> Iterator[Finding]:
    """Yield how many tests and activations wait to be evaluated, and how many for what they showed
    to be in a plan."""
    since = [one for one in tests if happened(one) >= asked.since]
    evaluated = {one.facts["test"]: one for one in past.evaluations_on(asked)}
    both = sorted((*tests, *past.activations_on(asked)), key=happened)
    waiting = [one for one in both if one.key not in evaluated and happened(one) >= asked.since]
    if waiting:
        text = ngettext(
            "%(number)d test or activation is not evaluated yet: “%(title)s”, %(day)s.",
            "%(number)d tests and activations are not evaluated yet, the first “%(title)s”, %(day)s.",
            len(waiting),
        )
        yield _told(text, waiting, happened(waiting[0]), asked.on)
    improved = {
        one.facts["improves"]
        for one in past.plans
        if one.noted.on <= asked.known and one.decided <= asked.on
    }
    open_ = [
        one
        for one in since
        if one.key in evaluated and evaluated[one.key].facts["changes"] and one.key not in improved
    ]
    if open_:
        decided = min(evaluated[one.key].decided for one in open_)
        text = ngettext(
            "What %(number)d test showed is not in a plan yet: “%(title)s”, held on %(day)s.",
            "What %(number)d tests showed is not in a plan yet, the first “%(title)s”, held on %(day)s.",
            len(open_),
        )
        yield _told(text, open_, decided, asked.on)


def _told(text: Said, rows: Sequence[KnownActivity], since: date, on: date) -> Finding:
    first = rows[0]
    values = {"title": first.facts["title"], "day": day(happened(first)), "number": len(rows)}
    if since + PATIENCE < on:
        page = link("activity", TESTS.slug, first.key)
        return due_soon(text % values, step=Step(_("See the test"), page))
    return fulfilled(text % values)


CHECKS: Final[Mapping[str, Check[ContinuityPast]]] = {
    Measure.CONTINUITY_PLANS: plans_in_force,  # R8
    Measure.CONTINUITY_TEST: enough_tests,  # R9
}
