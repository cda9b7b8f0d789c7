"""R9: tests of the plans for critical services are held, evaluated, and taken up.

A test counts that was held with a result against plans in force that day, those of one day as
one; where none of them was of a critical service it is amber. Evaluation and improvements
are told apart, so that nobody is tempted to close a test early: each is amber when it takes more
than sixty days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from kommissorium.measures.activities import PATIENCE, KnownActivity, activity_evidence
from kommissorium.measures.clauses import Clause
from kommissorium.measures.days import SOON, year_before
from kommissorium.measures.findings import (
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.rules.continuity_past import (
    TESTS,
    UNANNOUNCED_TEST,
    ContinuityPast,
    happened,
    service_of,
)
from kommissorium.measures.said import Said, Words, _, day, joined, link, ngettext

A_YEAR: Final = 12
MOST_TESTS: Final = 10
# A clause that asks for a test nobody knows of beforehand, in the languages of mandates.
UNANNOUNCED: Final = re.compile(
    r"uden varsel|uvarslet|uanmeldt|unannounced|without (?:warning|notice)|uvarslede|oanmäld",
    re.IGNORECASE,
)


@reads(CHAIRS)
def enough_tests(clause: Clause, past: ContinuityPast, asked: Question) -> Finding:
    """R9: the tests of twelve months are enough, and their findings are followed up."""
    tests = past.tests_on(asked)
    held = [one for one in tests if happened(one) >= year_before(asked.on)]
    against = [one for one in held if past.is_held_against_plans(one, asked)]
    parts = [_enough(clause, held, against, asked), *_of_critical(against, past, asked)]
    return combined([*parts, *_evaluated(tests, past, asked)])


def wanted(clause: Clause) -> tuple[int, bool]:
    """Return the number of tests a clause asks for a year, and whether one is to be unannounced."""
    by_months = max(1, A_YEAR // clause.cadence_months) if clause.cadence_months else 1
    return clause.min_per_year or by_months, bool(UNANNOUNCED.search(clause.text))


def _enough(
    clause: Clause,
    held: Sequence[KnownActivity],
    against: Sequence[KnownActivity],
    asked: Question,
) -> Finding:
    """Return whether the tests held are as many as asked for, of those against plans."""
    text = ngettext(
        "%(number)d test was held within twelve months.",
        "%(number)d tests were held within twelve months.",
        len(held),
    ) % {"number": len(held)}
    said: Words = text
    if held:
        newest = _("The newest: “%(title)s”, %(day)s.")
        values = {"title": held[-1].facts["title"], "day": day(held[-1].held_on)}
        said = joined(text, newest % values, _against_nothing(held, against))
    evidence = [activity_evidence(TESTS, one) for one in against[-MOST_TESTS:]]
    step = Step(_("See the tests"), link("continuity_tests"))
    if missing := _missing(clause, against):
        lacking = not_fulfilled(joined(said, missing), *evidence, step=step)
        return unless_first_period(lacking, asked, A_YEAR)
    kept = [one for one in against if happened(one) >= year_before(asked.on + SOON)]
    if _missing(clause, kept):
        soon = _("Within a month that is no longer enough.")
        return due_soon(joined(said, soon), *evidence, step=step)
    return fulfilled(said, *evidence)


def _against_nothing(held: Sequence[KnownActivity], against: Sequence[KnownActivity]) -> Words:
    """Return how many were held against no plan, as a sentence; "" for none."""
    others = [one for one in held if one not in against]
    text = ngettext(
        "%(number)d was held when no plan was in force that it could try, and does not count.",
        "%(number)d were held when no plan was in force that they could try, and do not count.",
        len(others),
    )
    return text % {"number": len(others)} if others else ""


def _of_critical(
    against: Sequence[KnownActivity], past: ContinuityPast, asked: Question
) -> Iterator[Finding]:
    """Yield that none of the tests tried the plans of a critical service."""
    critical = {one.key for one in past.services_on(asked) if one.is_critical}
    if against and not any(service_of(one) in critical for one in against):
        text = _("None of them tried the plans of a critical service.")
        yield due_soon(text, step=Step(_("See the tests"), link("continuity_tests")))


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
