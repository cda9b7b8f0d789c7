"""R8: critical services have their plans, and critical systems stand in these.

A critical service has sixty days from when it became critical, or from when it was added and
nobody said how critical it is; plans that are due for review as many. Until then it is amber,
then red. Critical systems that no critical service names are amber, and red where most are so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kommissorium.measures.activities import PATIENCE
from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import Counted, plural, told_of
from kommissorium.measures.days import SOON
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
    unmeasured,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import ApprovedProposal
from kommissorium.measures.rules.continuity_past import (
    PARTS,
    PLAN,
    ContinuityPast,
    KnownService,
    covers,
    review_by,
)
from kommissorium.measures.rules.continuity_tests import enough_tests
from kommissorium.measures.said import Small, _, day, link, listed, ngettext
from kommissorium.measures.shares import share

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
ALONE, EVERY = "critical_systems_alone", "critical_systems"
ALONE_STEP: Final = Step(_("See the systems that no service names"), link("continuity"))
FIRST_MONTHS: Final = 6  # in which the first plans are to be there
MOST: Final = 10  # pieces of evidence

Plans = Mapping[int, ApprovedProposal]


@reads(CHAIRS)
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
    return combined([*parts, *_systems(past, asked), *_too_slow(past, asked)])


def _covered(critical: Sequence[KnownService], plans: Plans) -> Finding:
    if not critical:
        return fulfilled(_("No service is called critical."))
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
    """Yield how many critical systems no critical service names, whose plans they could stand in.

    Some are amber; where they are more than half, there are no plans for what is critical.
    """
    counts = past.figures.known_on(min(asked.on, asked.known))
    if counts is None:
        yield unmeasured(past.figures.untold(asked.on))
        return
    alone, every = counts.get(ALONE, 0), counts.get(EVERY)
    if not alone:
        return
    if every is None:  # figures of long ago, which counted data sets and archives along
        text = ngettext(
            "%(number)d critical system, data set or archive is named by no service.",
            "%(number)d critical systems, data sets and archives are named by no service.",
            alone,
        )
        yield due_soon(text % {"number": alone}, step=ALONE_STEP)
        return
    text = ngettext(
        "%(number)d of %(all)d critical systems (%(percent)d per cent) is named by no critical "
        "service, and stands in no plan.",
        "%(number)d of %(all)d critical systems (%(percent)d per cent) are named by no critical "
        "service, and stand in no plan.",
        alone,
    )
    text %= {"number": alone, "all": every, "percent": share(alone, every)}
    if 2 * alone <= every:
        yield due_soon(text, step=ALONE_STEP)
        return
    yield unless_first_period(not_fulfilled(text, step=ALONE_STEP), asked, FIRST_MONTHS)


def _too_slow(past: ContinuityPast, asked: Question) -> Iterator[Finding]:
    """List the services whose systems are back too late: it is told, for R8 asks for plans."""
    counts = past.counts_on(asked.on)
    if number := counts.get("too_slow", 0) if counts else 0:
        text = ngettext(
            "%(number)d critical service needs a system that is back too late, or nobody has said when.",
            "%(number)d critical services need a system that is back too late, or nobody has said when.",
            number,
        )
        yield fulfilled(text % {"number": number})


CHECKS: Final[Mapping[str, Check[ContinuityPast]]] = {
    Measure.CONTINUITY_PLANS: plans_in_force,  # R8
    Measure.CONTINUITY_TEST: enough_tests,  # R9
}
