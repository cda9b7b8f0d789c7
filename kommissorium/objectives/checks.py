"""R2: the committee has set objectives for the year, each owned, linked and measured in time.

So they show ISO 27001, 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.signals import (
    IN_FORCE,
    LATE,
    OLD_LINK,
    SIGNALS,
    UNLINKED,
    WITHOUT_OWNER,
)
from kommissorium.objectives.status import statuses_on
from kommissorium.registers.findings import (
    QUARTER,
    Check,
    Finding,
    Question,
    Step,
    combined,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
    within_a_year,
)
from kommissorium.registers.past import ApprovedProposal, StandardPast
from kommissorium.registers.requirements import Says, Shown


def objectives_followed(_clause: Clause, past: StandardPast, asked: Question) -> Finding:
    """R2: what this committee approved within a year is in force, owned, linked and measured."""
    known = past.in_force_on(asked)
    if known is None or known.by.key != asked.committee:
        return unless_first_period(_none_of_ours(known), asked, QUARTER)
    text = _("The committee approved the objectives on %(day)s.") % {"day": day(known.noted.on)}
    link = reverse("objective_set", args=[known.key])
    label, about = _("The objectives as approved"), f"objectives.objectiveset {known.key}"
    evidence = event_evidence(label, link, about, known.noted, known.noted.on)
    step = Step(_("Draft the objectives of the year"), reverse("objectives"))
    approved = within_a_year(text, known.noted.on, asked.on, evidence, step)
    counts = past.counts_on(asked.on)
    if counts is None:
        return combined([approved, unmeasured(past.figures.untold(asked.on))])
    if not (number := counts.get(IN_FORCE.code, 0)):
        return not_fulfilled(f"{text} {_('None of them is followed.')}", evidence, step=step)
    whole = fulfilled(past.figures.lead(asked.on) + IN_FORCE.said(number))
    owned = SIGNALS.finding(WITHOUT_OWNER, counts[WITHOUT_OWNER.code])
    measured = _measured(counts, past, asked.on)
    return combined([approved, whole, owned, _linked(counts), measured])


def _none_of_ours(known: ApprovedProposal | None) -> Finding:
    step = Step(_("Set the objectives"), reverse("objectives"))
    if known is None:
        text = _("No objectives that the committee approved are in force.")
        return not_fulfilled(text, step=step)
    text = _("The objectives in force were approved by %(committee)s, not by this committee.")
    return not_fulfilled(text % {"committee": known.by.name}, step=step)


def _linked(counts: Mapping[str, int]) -> Finding:
    """Each serves a goal of the strategy, or it could not be written; what of the risk level?"""
    signal = UNLINKED if counts.get(UNLINKED.code) else OLD_LINK
    return SIGNALS.finding(signal, counts.get(signal.code, 0))


def _measured(counts: Mapping[str, int], past: StandardPast, on: date) -> Finding:
    words = {"now": _("How the objectives stand"), "then": _("How the objectives stood on %(day)s")}
    link = reverse("objectives")
    evidence = past.figures.evidence(on, link=link, kind="registers.figures_kept", **words)
    return SIGNALS.finding(LATE, counts[LATE.code], *evidence)


CHECKS: Mapping[str, Check[StandardPast]] = {Measure.OBJECTIVES: objectives_followed}


REQUIREMENTS: Final = ("ISO 27001 6.2",)


def shown_by_objectives(day: date) -> Iterator[Shown]:
    """Yield the sets in force and each objective as it was measured (two queries)."""
    found = statuses_on(day)
    for held in {one.objective.set_id: one.objective.set for one in found}.values():
        key, title, link = f"{KIND.kind}:{held.pk}", KIND.title_of(held), held.get_absolute_url()
        since = held.in_force_from
        yield Shown(key, title, link, Says.LAID_DOWN, since, None, REQUIREMENTS)
    for one in found:
        says = Says.AGAINST if LATE.holds(one) else Says.CARRIED_OUT
        row, note = one.objective, one.progress.label
        day_of = one.latest.day if one.latest else one.next_due
        key, link = f"objectives.objective:{row.pk}", row.get_absolute_url()
        yield Shown(key, row.title, link, says, day_of, None, REQUIREMENTS, note)
