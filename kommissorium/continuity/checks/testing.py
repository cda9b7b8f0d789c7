"""R9: as many tests were held within twelve months as the clause asks, unannounced if it says so.

Held with a result counts, those of one day as one; evaluation and improvements are told apart, so that nobody is tempted to
close a test early: each is amber when it takes more than sixty days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import Notice
from kommissorium.continuity.past import ContinuityPast, happened
from kommissorium.core.ui.localised import day
from kommissorium.registers.activity_checks import PATIENCE, activity_evidence
from kommissorium.registers.findings import (
    SOON,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    year_before,
)
from kommissorium.registers.past_activities import KnownActivity

A_YEAR: Final = 12
MOST: Final = 10
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
    if held:
        text += " " + _("The newest: “%(title)s”, %(day)s.") % {
            "title": held[-1].facts["title"],
            "day": day(held[-1].held_on),
        }
    evidence = [activity_evidence(KIND, one) for one in held[-MOST:]]
    step = Step(_("See the tests"), reverse("continuity_tests"))
    if missing := _missing(clause, held):
        lacking = not_fulfilled(f"{text} {missing}", *evidence, step=step)
        return unless_first_period(lacking, asked, A_YEAR)
    kept = [one for one in held if happened(one) >= year_before(asked.on + SOON)]
    if _missing(clause, kept):
        soon = _("Within a month that is no longer enough.")
        return due_soon(f"{text} {soon}", *evidence, step=step)
    return fulfilled(text, *evidence)


def _missing(clause: Clause, held: Sequence[KnownActivity]) -> str:
    """Return the missing tests of those the clause asks for, as a sentence; "" for nothing."""
    number, is_unannounced = wanted(clause)
    if len(held) < number:
        text = ngettext("%(number)d is asked for.", "%(number)d are asked for.", number)
        return text % {"number": number}
    if len({happened(one) for one in held}) < number:
        return _("Those of one day count as one: %(number)d are asked for.") % {"number": number}
    if is_unannounced and all(one.facts["notice"] != Notice.UNANNOUNCED for one in held):
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


def _told(text: str, rows: Sequence[KnownActivity], since: date, on: date) -> Finding:
    first = rows[0]
    values = {"title": first.facts["title"], "day": day(happened(first)), "number": len(rows)}
    if since + PATIENCE < on:
        link = reverse("activity", args=[KIND.slug, first.key])
        return due_soon(text % values, step=Step(_("See the test"), link))
    return fulfilled(text % values)
