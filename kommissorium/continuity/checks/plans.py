"""R8: every critical service has the three plans in force, or the decision that it needs none.

A service has sixty days from when it became critical, or from when it was added and nobody said
how critical it is; plans that are due for review as many. Until then it is amber, then red.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.continuity.past import ContinuityPast, KnownService, covers, review_by
from kommissorium.continuity.plan import PLAN, small
from kommissorium.core.ui.localised import day
from kommissorium.registers.activity_checks import PATIENCE
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
)
from kommissorium.registers.past import ApprovedProposal, told_of

FIRST_MONTHS: Final = 6  # in which the first plans are to be there
MOST: Final = 10  # pieces of evidence

type Plans = Mapping[int, ApprovedProposal]


def plans_in_force(_clause: Clause, past: ContinuityPast, asked: Question) -> Finding:
    """R8: critical services have their plans, and these are reviewed in time."""
    services, plans = past.services_on(asked), past.plans_on(asked)
    critical = [one for one in services if one.is_critical]
    step = Step(_("See the services"), reverse("continuity"))
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
    names = ", ".join(
        _("%(service)s (%(plans)s)")
        % {
            "service": one.title,
            "plans": ", ".join(small(part.label) for part in covers(plans.get(one.key))),
        }
        for one in lacking[:MOST]
    )
    text = _("Not there yet: %(names)s.") % {"names": names}
    step = Step(_("See what lacks plans"), f"{reverse('continuity')}?standing=lacking")
    is_late = any(one.since + PATIENCE < asked.on for one in lacking)
    found = (not_fulfilled if is_late else due_soon)(text, step=step)
    yield unless_first_period(found, asked, FIRST_MONTHS)


def _reviews(critical: Sequence[KnownService], plans: Plans, asked: Question) -> Iterator[Finding]:
    """Yield the findings about reviews: late for long, late, or near."""
    due = [(review_by(plans[one.key]), one.title) for one in critical if one.key in plans]
    first, title = min(due, default=(None, ""))
    if first is None or first > asked.on + SOON:
        return
    late = [one for one, _title in due if one < asked.on]
    values = {"service": title, "day": day(first), "number": len(late)}
    step = Step(_("See what is to be reviewed"), f"{reverse('continuity')}?standing=overdue")
    if not late:
        text = _("The plans of %(service)s are to be reviewed by %(day)s.")
        yield due_soon(text % values, step=step)
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
    step = Step(_("Assess"), f"{reverse('continuity')}?standing=unassessed")
    is_late = any(one.since + PATIENCE < asked.on for one in found)
    yield (not_fulfilled if is_late else due_soon)(text, step=step)


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
