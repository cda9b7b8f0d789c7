"""Findings that checks of any yearly plan share: its own year, late and cancelled activities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.findings import (
    Evidence,
    Finding,
    Question,
    Step,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.registers.past import ApprovedProposal
from kommissorium.registers.past_activities import KnownActivity

type Kind = ActivityKind[Any]
PATIENCE: Final = timedelta(days=60)  # how long an activity may be late before it is red
FIRST_MONTHS: Final = 3  # in which a plan is to be there, of each year and at the beginning


def no_plan(kind: Kind, plan: ApprovedProposal | None, asked: Question) -> Finding:
    """Return that no plan is in force, or that it is another committee's."""
    step = Step(str(kind.new_plan), reverse(kind.home))
    if plan is None:
        text = _("No plan that the committee approved is in force.")
    else:
        text = _("The plan in force was approved by %(committee)s, not by this committee.")
        text %= {"committee": plan.by.name}
    return unless_first_period(not_fulfilled(text, step=step), asked, FIRST_MONTHS)


def plan_of_the_year(kind: Kind, plan: ApprovedProposal, on: date) -> Finding:
    """Return whether the plan is of the year: that of the year before is until 31 March."""
    year = plan.facts["year"]
    values = {"year": year, "day": day(plan.noted.on), "now": on.year}
    text = _("The committee approved the plan of %(year)s on %(day)s.") % values
    link = reverse("activity_plan", args=[kind.slug, plan.key])
    about = f"{kind.plan.kind} {plan.key}"
    evidence = event_evidence(_("The plan as approved"), link, about, plan.noted, plan.noted.on)
    if year >= on.year:
        return fulfilled(text, evidence)
    step = Step(str(kind.new_plan), reverse(kind.home))
    until = date(year + 1, FIRST_MONTHS, 31)
    if on <= until:
        soon = _("That of %(now)s is to be approved by %(until)s.")
        soon %= {**values, "until": day(until)}
        return due_soon(f"{text} {soon}", evidence, step=step)
    return not_fulfilled(f"{text} {_('There is none of %(now)s.') % values}", evidence, step=step)


def late_and_called_off(kind: Kind, promised: Sequence[KnownActivity], on: date) -> list[Finding]:
    """Return what was to be held before the day and is not, and what was called off.

    That is told alone: whom it was for must be reached otherwise.
    """
    found = []
    if late := [one for one in promised if one.is_open and one.promised < on]:
        text = ngettext(
            "“%(title)s” was to be held by %(day)s.",
            "%(number)d activities were to be held by now, the first, “%(title)s”, by %(day)s.",
            len(late),
        )
        first = min(late, key=lambda one: one.promised)
        values = {"number": len(late), "title": first.facts["title"], "day": day(first.promised)}
        make = not_fulfilled if first.promised + PATIENCE < on else due_soon
        found.append(make(text % values, step=step_to_late(kind)))
    if number := sum(one.is_off for one in promised):
        text = ngettext(
            "%(number)d activity was called off.", "%(number)d activities were called off.", number
        )
        found.append(fulfilled(text % {"number": number}))
    return found


def step_to_late(kind: Kind) -> Step:
    return Step(_("See what is late"), f"{reverse(kind.home)}?state=late")


def activity_evidence(kind: Kind, one: KnownActivity) -> Evidence:
    """Return that it was held as evidence."""
    link = reverse("activity", args=[kind.slug, one.key])
    name = kind.model._meta.label_lower  # noqa: SLF001 Django's documented model API
    return event_evidence(
        str(one.facts["title"]), link, f"{name} {one.key}", one.noted, one.held_on
    )
