"""T9: an audit was held within twelve months, or the set number, and evaluated by decision.

Both: what was held and not evaluated is not fulfilled, and neither is what nobody held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kommissorium.measures.activities import (
    ACTIVITY_ACTS,
    PLANNED,
    ActivityPast,
    Kind,
    KnownActivity,
    activity_evidence,
)
from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import SOON, year_before
from kommissorium.measures.findings import (
    Check,
    Finding,
    Question,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import ApprovedProposal, Named, PastEvent
from kommissorium.measures.rules.chair import is_rejected, unless_alone
from kommissorium.measures.said import Words, _, day, joined, link, ngettext

USUAL_MONTHS: Final = 12  # between two audits
KIND: Final = Kind(
    "audits", "audits.audit", "audits.auditplan", "audits", _("Draft the plan of a year")
)
EVALUATION: Final = Named(
    "audits.auditevaluation",
    "audit_evaluation",
    _("Evaluation of the audit “%(title)s” %(year)s"),
    (("title", "title"), ("year", "year")),
)
SETTINGS_CHANGED: Final = "audits.settings_changed"
JUDGED: Final = "audits.closure_judged"
REPORTED: Final = "audits.report_issued"
ACTS: Final = (*ACTIVITY_ACTS, SETTINGS_CHANGED, JUDGED, REPORTED)


@dataclass(frozen=True)
class AuditPast(ActivityPast):
    """The past of audits from the chain; `wanted` are the changes of the interval."""

    wanted: Sequence[PastEvent] = ()
    judged: Sequence[PastEvent] = ()
    reported: Sequence[PastEvent] = ()

    @classmethod
    def beside(cls, known: ActivityPast, events: Iterable[PastEvent]) -> AuditPast:
        """Return the known activities with what the events tell of audits alone."""
        rows = list(events)
        wanted = [one for one in rows if one.act == SETTINGS_CHANGED]
        judged = [one for one in rows if one.act == JUDGED]
        reported = [one for one in rows if one.act == REPORTED]
        own = known.figures, known.approved, known.events, known.evaluated
        return cls(*own, wanted, judged, reported)

    def judged_by_another(self, audit: int, asked: Question) -> int:
        """Return how many closures of an audit somebody accepted who did not make its report."""
        until = min(asked.on, asked.known)
        known = [one.facts for one in self.judged if one.noted.on <= until]
        theirs = [one for one in known if one["audit"] == audit and one["verdict"] == "accepted"]
        return sum(bool(one.get("by_another")) for one in theirs)

    def was_planned_before(self, one: KnownActivity, day: date) -> bool:
        """Return whether an audit stood in an approved plan before the day."""
        began = [e.noted.on for e in self.events if e.act == PLANNED and e.key == one.key]
        began += [plan.noted.on for plan in self.approved if plan.key == one.plan]
        return max(began, default=date.max) < day

    def looked_at(self, audit: int, asked: Question) -> Mapping[str, int]:
        """Return how many of how many its report says were looked at; empty where it does not."""
        until = min(asked.on, asked.known)
        known = [one for one in self.reported if one.key == audit and one.noted.on <= until]
        facts = known[-1].facts if known else {}
        return {name: facts[name] for name in ("looked_at", "population") if facts.get(name)}

    def months_on(self, asked: Question) -> int:
        """Return the wanted interval of audits on the day, in months, as far as is known."""
        until = min(asked.on, asked.known)
        known = [one for one in self.wanted if one.noted.on <= until]
        return int(known[-1].facts["months"]) if known else USUAL_MONTHS


FIRST_MONTHS: Final = 3  # in which a municipality begins


@reads(CHAIRS)
def audit_evaluated(_clause: Clause, past: AuditPast, asked: Question) -> Finding:
    """T9: the newest audit that this committee has evaluated was held within the time."""
    held = {one.key: one for one in past.activities_on(asked) if one.held_on}
    ours = [
        one
        for one in past.evaluations_on(asked)
        if one.by.key == asked.committee and not is_rejected(one.by, asked)
    ]
    known = {one.facts["audit"]: one for one in ours if one.facts["audit"] in held}
    decided = {
        key: one for key, one in known.items() if past.was_planned_before(held[key], one.decided)
    }
    waiting = sorted((one for key, one in held.items() if key not in known), key=_order)
    if not decided:
        none = _("No audit that was held is evaluated by decision.")
        text = joined(_in_one_day([held[key] for key in known]) or none, _waits(waiting))
        return unless_first_period(not_fulfilled(text, step=_step(waiting)), asked, FIRST_MONTHS)
    newest = max((held[key] for key in decided), key=_order)
    title, text = str(newest.facts["title"]), _("The chair approved the evaluation of %(names)s.")
    rows = [(decided[newest.key].by, _("“%(title)s”") % {"title": title})]
    found = _of_newest(newest, decided[newest.key], past, waiting, asked)
    return unless_alone(found, rows, asked, text)


def _of_newest(
    newest: KnownActivity,
    decision: ApprovedProposal,
    past: AuditPast,
    waiting: Sequence[KnownActivity],
    asked: Question,
) -> Finding:
    """Return whether the newest audit that was evaluated was held within the time."""
    months = past.months_on(asked)
    evidence = activity_evidence(KIND, newest), decision.evidence(EVALUATION)
    words = {"held": day(newest.held_on), "decided": day(decision.decided), "months": months}
    looked = past.looked_at(newest.key, asked)
    held_and_decided = _("“%(title)s” was held on %(held)s and evaluated on %(decided)s.")
    text = joined(
        held_and_decided % {**words, "title": newest.facts["title"]},
        _looked_at(looked),
        _by_another(past.judged_by_another(newest.key, asked)),
    )
    on = newest.held_on or date.min
    if on >= year_before(asked.on + SOON, months):
        if not looked:
            return due_soon(text, *evidence, step=_step(waiting))
        return fulfilled(text, *evidence)
    if on >= year_before(asked.on, months):
        soon = _("Within a month that is more than %(months)d months ago.") % words
        return due_soon(joined(text, soon), *evidence, step=_step(waiting))
    late = _("That is more than %(months)d months ago.") % words
    return not_fulfilled(joined(text, late, _waits(waiting)), *evidence, step=_step(waiting))


def _in_one_day(rows: Sequence[KnownActivity]) -> Words:
    """Return that an audit planned, held and evaluated on one day does not count; "" for none."""
    if not rows:
        return ""
    newest = max(rows, key=_order)
    text = _("“%(title)s” was planned, held, reported and evaluated on one day: it does not count.")
    return text % {"title": newest.facts["title"]}


def _looked_at(looked: Mapping[str, int]) -> Words:
    """Return how many were looked at, or that the report does not say so."""
    if not looked:
        return _("Its report does not say how many of how many were looked at.")
    return _("%(looked_at)d of the %(population)d that it was about were looked at.") % looked


def _by_another(number: int) -> Words:
    """Return a sentence where closures were judged by another than made the report; "" for none."""
    if not number:
        return ""
    text = ngettext(
        "A finding of it was closed by somebody who did not make the report.",
        "%(number)d findings of it were closed by somebody who did not make the report.",
        number,
    )
    return text % {"number": number}


def _order(one: KnownActivity) -> tuple[date, int]:
    return one.held_on or date.min, one.key


def _waits(waiting: Sequence[KnownActivity]) -> Words:
    """Return a sentence when the newest audit waits for its evaluation; "" for none."""
    if not waiting:
        return ""
    values = {"title": waiting[-1].facts["title"], "day": day(waiting[-1].held_on)}
    return _("“%(title)s” was held on %(day)s and is not evaluated.") % values


def _step(waiting: Sequence[KnownActivity]) -> Step:
    if waiting:
        return Step(_("Evaluate the audit"), link("activity", KIND.slug, waiting[-1].key))
    return Step(_("See the audits"), link(KIND.home))


CHECKS: Mapping[str, Check[Any]] = {Measure.AUDIT_EVALUATION: audit_evaluated}
