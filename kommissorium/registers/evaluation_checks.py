"""Findings on half-yearly evaluations, each due within three months of the half-year's end.

One late of the newest two is amber, two are red, and so is one that lacks. What lies thirty days
ahead is amber.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import (
    SOON,
    Finding,
    Question,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    not_yet_due,
)
from kommissorium.registers.halves import Half
from kommissorium.registers.past import ApprovedProposal
from kommissorium.registers.past_activities import ActivityPast
from kommissorium.registers.standard_proposals import StandardProposal

A_YEAR: Final = 2


def half_years_evaluated(
    evaluation: StandardProposal[Any], past: ActivityPast, asked: Question
) -> Finding:
    """Return whether the newest two half-years whose time is up are evaluated, each in time.

    The facts of an evaluation say its `year` and the `number` of the half.
    """
    owed, found = _owed(asked), _evaluated(past, asked)
    evidence = [one.evidence(evaluation) for one in list(found.values())[: A_YEAR + 1]]
    step = Step(_("Evaluate a half-year"), reverse(evaluation.listed[1]))
    missing = [half for half in owed if half not in found]
    late = [half for half in owed if half in found and found[half].decided > half.due]
    if missing:
        names = ", ".join(half.label for half in missing)
        text = _("No evaluation was approved of: %(halves)s.") % {"halves": names}
        return not_fulfilled(f"{text} {_late(late, found)}".strip(), *evidence, step=step)
    if len(late) > 1:
        return not_fulfilled(_late(late, found), *evidence, step=step)
    coming = _coming(asked, found)
    if not found:
        text = f"{_('No evaluation has been approved yet.')} {_to_come(coming)}"
        is_near = coming.due <= asked.on + SOON
        return due_soon(text, step=step) if is_near else not_yet_due(text, step=step)
    newest = next(iter(found))
    values = {"half": newest.label, "day": day(found[newest].decided)}
    text = _("The newest evaluation, of %(half)s, was approved on %(day)s.") % values
    if late:
        more = _("One more late, and it is not fulfilled.")
        return due_soon(f"{_late(late, found)} {more}", *evidence, step=step)
    if coming.has_ended(asked.on) and coming.due <= asked.on + SOON:
        return due_soon(f"{text} {_to_come(coming)}", *evidence, step=step)
    return fulfilled(text, *evidence)


def _owed(asked: Question) -> list[Half]:
    """Return the newest two half-years whose time is up, of those measured from their first day."""
    half, found = Half.of(asked.on).before, list[Half]()
    while len(found) < A_YEAR and half >= _first(asked):
        if half.due <= asked.on:
            found.append(half)
        half = half.before
    return found


def _evaluated(past: ActivityPast, asked: Question) -> dict[Half, ApprovedProposal]:
    """Return what this committee evaluated, the newest half first; of two of one half the first."""
    found: dict[Half, ApprovedProposal] = {}
    for one in past.evaluations_on(asked):
        half = Half(one.facts["year"], one.facts["number"])
        if one.by.key == asked.committee and half.has_ended(one.decided):
            found.setdefault(half, one)
    return {half: found[half] for half in sorted(found, reverse=True)}


def _coming(asked: Question, found: dict[Half, ApprovedProposal]) -> Half:
    """Return the first half-year measured whose time is not up and that is not evaluated."""
    half = Half.of(asked.on)
    ended = half.before
    waits = ended.due > asked.on and ended not in found
    return max(_first(asked), ended if waits else half)


def _first(asked: Question) -> Half:
    """Return the first half-year that was measured from its first day."""
    half = Half.of(asked.since)
    return half if half.first >= asked.since else half.after


def _to_come(half: Half) -> str:
    values = {"half": half.label, "day": day(half.due)}
    return _("%(half)s is to be evaluated by %(day)s.") % values


def _late(late: Sequence[Half], found: dict[Half, ApprovedProposal]) -> str:
    text = _("%(half)s was evaluated on %(day)s, and its time was up on %(due)s.")
    return " ".join(
        text % {"half": half.label, "day": day(found[half].decided), "due": day(half.due)}
        for half in late
    )
