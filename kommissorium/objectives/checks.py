"""R2: the committee has set objectives for the year, each owned, linked and measured in time.

So they show ISO 27001, 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.status import Progress, statuses_on
from kommissorium.registers.findings import (
    QUARTER,
    Check,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
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
    if not counts.get("objectives"):
        return not_fulfilled(f"{text} {_('None of them is followed.')}", evidence, step=step)
    parts = (_owned(counts, past, asked.on), _linked(counts), _measured(counts, past, asked.on))
    return combined([approved, *parts])


def _none_of_ours(known: ApprovedProposal | None) -> Finding:
    step = Step(_("Set the objectives"), reverse("objectives"))
    if known is None:
        text = _("No objectives that the committee approved are in force.")
        return not_fulfilled(text, step=step)
    text = _("The objectives in force were approved by %(committee)s, not by this committee.")
    return not_fulfilled(text % {"committee": known.by.name}, step=step)


def _owned(counts: Mapping[str, int], past: StandardPast, on: date) -> Finding:
    lead, without = past.figures.lead(on), counts["without_owner"]
    if not without:
        return fulfilled(lead + _("Each has an owner."))
    text = ngettext("%(number)d has no owner.", "%(number)d have no owner.", without)
    step = Step(_("See who is to answer for them"), f"{reverse('objectives')}?without_owner=1")
    return not_fulfilled(lead + text % {"number": without}, step=step)


def _linked(counts: Mapping[str, int]) -> Finding:
    """Each serves a goal of the strategy, or it could not be written; what of the risk level?"""
    home = reverse("objectives")
    if without := counts.get("unlinked", 0):
        text = ngettext(
            "%(number)d is not linked to a risk level.",
            "%(number)d are not linked to a risk level.",
            without,
        )
        step = Step(_("See what is not linked"), f"{home}?link=none")
        return not_fulfilled(text % {"number": without}, step=step)
    if old := counts.get("old_link", 0):
        text = ngettext(
            "%(number)d is linked to a risk level that a new one has taken the place of.",
            "%(number)d are linked to a risk level that a new one has taken the place of.",
            old,
        )
        step = Step(_("Hold them against the new risk level"), f"{home}?link=old")
        return due_soon(text % {"number": old}, step=step)
    return fulfilled(_("Each is linked to the strategy and to the risk level in force."))


def _measured(counts: Mapping[str, int], past: StandardPast, on: date) -> Finding:
    words = {"now": _("How the objectives stand"), "then": _("How the objectives stood on %(day)s")}
    link = reverse("objectives")
    evidence = past.figures.evidence(on, link=link, kind="registers.figures_kept", **words)
    late, whole = counts["late"], counts["objectives"]
    if not late:
        return fulfilled(_("Each is measured in time."), *evidence)
    text = ngettext(
        "%(late)d of %(all)d is not measured in time.",
        "%(late)d of %(all)d are not measured in time.",
        late,
    )
    step = Step(_("See what is to be measured"), f"{link}?progress=late")
    return not_fulfilled(text % {"late": late, "all": whole}, *evidence, step=step)


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
        says = Says.AGAINST if one.progress == Progress.LATE else Says.CARRIED_OUT
        row, note = one.objective, one.progress.label
        day_of = one.latest.day if one.latest else one.next_due
        key, link = f"objectives.objective:{row.pk}", row.get_absolute_url()
        yield Shown(key, row.title, link, says, day_of, None, REQUIREMENTS, note)
