"""R2: the committee has set objectives for the year, each owned, linked and measured in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import Counted, plural
from kommissorium.measures.days import QUARTER
from kommissorium.measures.findings import (
    Check,
    Finding,
    Question,
    State,
    Step,
    combined,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
    within_a_year,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import ApprovedProposal, StandardPast
from kommissorium.measures.rules.chair import by_committee, said_by
from kommissorium.measures.said import _, day, joined, link

KIND: Final = "objectives.objectiveset"
PAGE: Final = "objectives"
IN_FORCE: Final = Counted(
    "objectives",
    plural("One objective is in force.", "%(number)d objectives are in force."),
    none=_("No objective is in force."),
)
LATE: Final = Counted(
    "late",
    plural(
        "One objective is not measured in time.",
        "%(number)d objectives are not measured in time.",
    ),
    none=_("Every objective is measured in time."),
    button=_("See what is to be measured"),
    page=PAGE,
    narrowed="progress=late",
    state=State.NOT_FULFILLED,
)
WITHOUT_OWNER: Final = Counted(
    "without_owner",
    plural("One objective has no owner.", "%(number)d objectives have no owner."),
    none=_("Every objective has an owner."),
    button=_("See the objectives"),
    page=PAGE,
    narrowed="without_owner=1",
    state=State.NOT_FULFILLED,
)
UNLINKED: Final = Counted(
    "unlinked",
    plural(
        "One objective is not linked to a risk level.",
        "%(number)d objectives are not linked to a risk level.",
    ),
    button=_("See the objectives"),
    page=PAGE,
    narrowed="link=none",
    state=State.NOT_FULFILLED,
)
OLD_LINK: Final = Counted(
    "old_link",
    plural(
        "One objective is linked to a risk level that was replaced.",
        "%(number)d objectives are linked to a risk level that was replaced.",
    ),
    none=_("Every objective is linked to the strategy and to the risk level in force."),
    button=_("Hold them against the new risk level"),
    page=PAGE,
    narrowed="link=old",
    state=State.DUE_SOON,
)
MISSED: Final = "missed"  # as days count it that were kept before decisions were
UNDECIDED: Final = Counted(
    "undecided",
    plural(
        "One objective was not reached in time, and nothing is decided about it.",
        "%(number)d objectives were not reached in time, and nothing is decided about them.",
    ),
)


@reads(CHAIRS)
def objectives_followed(_clause: Clause, past: StandardPast, asked: Question) -> Finding:
    """R2: what this committee approved within a year is in force, owned, linked and measured."""
    known = past.in_force_on(asked)
    if known is None or known.by.key != asked.committee:
        return unless_first_period(_none_of_ours(known), asked, QUARTER)
    text = said_by(
        known.by,
        asked,
        _("The committee approved the objectives on %(day)s."),
        _("The chair approved the objectives on %(day)s."),
        {"day": day(known.noted.on)},
    )
    page = link("objective_set", known.key)
    label, about = _("The objectives as approved"), f"objectives.objectiveset {known.key}"
    evidence = event_evidence(label, page, about, known.noted, known.noted.on)
    step = Step(_("Draft the objectives of the year"), link("objectives"))
    found = within_a_year(text, known.noted.on, asked.on, evidence, step)
    approved = by_committee(found, known.by, asked)
    counts = past.counts_on(asked.on)
    if counts is None:
        return combined([approved, unmeasured(past.figures.untold(asked.on))])
    if not (number := counts.get(IN_FORCE.code, 0)):
        return not_fulfilled(joined(text, _("None of them is followed.")), evidence, step=step)
    whole = fulfilled(joined(past.figures.lead(asked.on), IN_FORCE.said(number)))
    owned = WITHOUT_OWNER.finding(counts[WITHOUT_OWNER.code])
    measured = _measured(counts, past, asked.on)
    return combined([approved, whole, owned, _linked(counts), measured, *_missed(counts)])


def _none_of_ours(known: ApprovedProposal | None) -> Finding:
    step = Step(_("Set the objectives"), link("objectives"))
    if known is None:
        text = _("No objectives that the committee approved are in force.")
        return not_fulfilled(text, step=step)
    text = _("The objectives in force were approved by %(committee)s, not by this committee.")
    return not_fulfilled(text % {"committee": known.by.name}, step=step)


def _linked(counts: Mapping[str, int]) -> Finding:
    """Each serves a goal of the strategy, or it could not be written; what of the risk level?"""
    counted = UNLINKED if counts.get(UNLINKED.code) else OLD_LINK
    return counted.finding(counts.get(counted.code, 0))


def _missed(counts: Mapping[str, int]) -> list[Finding]:
    """Return the objectives whose day is over, not reached, until the committee has decided."""
    number = counts.get(UNDECIDED.code, counts.get(MISSED, 0))
    step = Step(_("See the objectives"), link(PAGE))
    return [not_fulfilled(UNDECIDED.said(number), step=step)] if number else []


def _measured(counts: Mapping[str, int], past: StandardPast, on: date) -> Finding:
    evidence = past.figures.evidence(
        on,
        link=link("objectives"),
        kind="registers.figures_kept",
        now=_("How the objectives stand"),
        then=_("How the objectives stood on %(day)s"),
    )
    return LATE.finding(counts[LATE.code], *evidence)


CHECKS: Mapping[str, Check[StandardPast]] = {Measure.OBJECTIVES: objectives_followed}
