"""T4: what is laid down under the overall policy is reviewed in time, no question about it waits
too long, and dispensations are within their time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import Counted, plural, told_of
from kommissorium.measures.days import SOON
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Question,
    State,
    combined,
    event_evidence,
    fulfilled,
    late_or_soon,
    no_occasion,
    unmeasured,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import PROPOSAL_APPROVED, DecidedBy, PastEvent
from kommissorium.measures.rules.chair import is_rejected, unless_alone
from kommissorium.measures.rules.policies import reviewed_in_time
from kommissorium.measures.rules.policy_past import PolicyPast
from kommissorium.measures.said import Words, _, day, joined, link, ngettext

DRAFTED: Final = "registers.proposal_drafted"
DROPPED: Final = "registers.proposal_dropped"
ENDED: Final = "rulings.dispensation_ended"
INTERPRETATION, DISPENSATION = "rulings.interpretation", "rulings.dispensation"
MOST_DAYS: Final = 90  # that a question may wait
QUESTIONS: Final = Counted(
    "questions",
    plural(
        "One question about a rule waits for a ruling.",
        "%(number)d questions about rules wait for a ruling.",
    ),
    button=_("See the questions that wait"),
    page="interpretations",
    narrowed="waiting=1",
)
LATE: Final = Counted(
    "questions_late",
    plural(
        "One question about a rule has waited more than 90 days for a ruling.",
        "%(number)d questions about rules have waited more than 90 days for a ruling.",
    ),
    none=_("No question about a rule has waited more than 90 days for a ruling."),
    button=_("See the questions that wait"),
    page="interpretations",
    narrowed="late=1",
    state=State.NOT_FULFILLED,
)
IN_FORCE: Final = Counted(
    "dispensations",
    plural("One dispensation is in force.", "%(number)d dispensations are in force."),
    none=_("No dispensation is in force."),
    page="dispensations",
    narrowed="in_force=1",
)
OUT: Final = Counted(
    "dispensations_out",
    plural(
        "One dispensation has run out and is neither renewed nor ended.",
        "%(number)d dispensations have run out and are neither renewed nor ended.",
    ),
    none=_("No dispensation has run out without being renewed or ended."),
    button=_("See the dispensations"),
    page="dispensations",
    narrowed="run_out=1",
    state=State.NOT_FULFILLED,
)
EXPIRING: Final = Counted(
    "expiring",
    plural(
        "One dispensation has run out or does so within 60 days.",
        "%(number)d dispensations have run out or do so within 60 days.",
    ),
    button=_("See the dispensations"),
    page="dispensations",
    narrowed="expiring=1",
)
# What comes soon is of the clause alone: no list shows it, and no to-do tells of it.
WAITING: Final = (
    LATE.sentence,
    plural(
        "One question about a rule is to be ruled on within 30 days.",
        "%(number)d questions about rules are to be ruled on within 30 days.",
    ),
)
RUN_OUT: Final = (
    OUT.sentence,
    plural(
        "One dispensation runs out within 30 days.",
        "%(number)d dispensations run out within 30 days.",
    ),
)


def known(
    past: PolicyPast, asked: Question, acts: Iterable[str], kind: str = ""
) -> list[PastEvent]:
    """Return the events of these acts that were there on the day, as far as it is known."""
    until = min(asked.on, asked.known)
    return [
        one
        for one in past.of(*acts)
        if one.noted.on <= until and kind in ("", one.facts.get("kind"))
    ]


def interpretations_answered(_clause: Clause, past: PolicyPast, asked: Question) -> Finding | None:
    """T4: no question about a rule of the committee's has waited more than 90 days for its ruling."""
    questions = [
        one
        for one in known(past, asked, (DRAFTED,), INTERPRETATION)
        if past.is_of(one.facts["document"], asked)
    ]
    if not questions:
        return None
    ruled = known(past, asked, (PROPOSAL_APPROVED,), INTERPRETATION)
    settled = {one.key for one in (*ruled, *known(past, asked, (DROPPED,), INTERPRETATION))}
    waiting = [one for one in questions if one.key not in settled]
    limit = asked.on - timedelta(days=MOST_DAYS)
    late = [one for one in waiting if one.noted.on < limit]
    near = [one for one in waiting if limit <= one.noted.on < limit + SOON]
    step = QUESTIONS.step  # they and those that soon are
    if found := late_or_soon(late, near, WAITING, _question, step):
        return found
    found = fulfilled(LATE.said(0), *(_question(one) for one in questions[-1:]))
    ours = [one for one in ruled if one.facts["committee"] == asked.committee]
    alone = _("The chair ruled on %(names)s.")
    return unless_alone(found, _dated_numbers(ours), asked, alone)


def dispensations_in_time(_clause: Clause, past: PolicyPast, asked: Question) -> Finding | None:
    """T4: what the committee granted has not run out without being renewed or ended."""
    given = [
        one
        for one in known(past, asked, (PROPOSAL_APPROVED,), DISPENSATION)
        if one.facts["committee"] == asked.committee
        and not is_rejected(DecidedBy.told_by(one.facts), asked)
    ]
    if not given:
        return None
    ended = {one.key for one in known(past, asked, (ENDED,))}
    newest = {one.facts["lineage"]: one for one in given}  # a later one renews it
    standing = [one for one in newest.values() if one.key not in ended]
    out = [one for one in standing if _until(one) < asked.on]
    near = [one for one in standing if asked.on <= _until(one) <= asked.on + SOON]
    step = EXPIRING.step
    if found := late_or_soon(out, near, RUN_OUT, _dispensation, step):
        return found
    text = joined(IN_FORCE.said(len(standing)), OUT.said(0))
    found = fulfilled(text, *(_dispensation(one) for one in standing))
    alone = _("The chair granted %(names)s.")
    return unless_alone(found, _dated_numbers(standing), asked, alone)


def _dated_numbers(rows: Iterable[PastEvent]) -> list[tuple[DecidedBy, Words]]:
    """Return who decided on each, and the decision: the questions themselves are not told here."""
    found = [(DecidedBy.told_by(one.facts), day(one.noted.on)) for one in rows]
    text = _("decision %(number)s of %(day)s")
    return [(by, text % {"number": by.number, "day": on}) for by, on in found]


def _taken_out(past: PolicyPast, asked: Question) -> Finding | None:
    """Tell of documents that were retired within a year; None where there are none.

    It turns nothing, but whoever reads the answer is to know of them.
    """
    found = past.taken_out(asked)
    if not found:
        return None
    text = ngettext(
        "Within twelve months %(number)d document was taken out of force: %(names)s.",
        "Within twelve months %(number)d documents were taken out of force: %(names)s.",
        len(found),
    )
    return told_of(found, text, "policy", "policies.document")


def _until(event: PastEvent) -> date:
    return date.fromisoformat(event.facts["until"])


def _question(event: PastEvent) -> Evidence:
    page, reference = link("interpretation", event.key), f"{INTERPRETATION} {event.key}"
    return event_evidence(
        _("A question about a rule"), page, reference, event.noted, event.noted.on
    )


def _dispensation(event: PastEvent) -> Evidence:
    page, reference = link("dispensation", event.key), f"{DISPENSATION} {event.key}"
    label = _("A dispensation until %(day)s") % {"day": day(_until(event))}
    return event_evidence(label, page, reference, event.noted, event.noted.on)


# What T4 asks of; each answers None where there is nothing that it asks about.
UNDERLYING: Final[list[Callable[[Clause, PolicyPast, Question], Finding | None]]] = [
    reviewed_in_time,
    interpretations_answered,
    dispensations_in_time,
]


@reads(CHAIRS)
def underlying_policies(clause: Clause, past: PolicyPast, asked: Question) -> Finding:
    """T4: all that is laid down under the overall policy is looked after."""
    found = [part for check in UNDERLYING if (part := check(clause, past, asked))]
    gone = _taken_out(past, asked)
    if found:
        return combined([*found, gone] if gone else found)
    if asked.on < asked.since:
        return unmeasured(_("This day cannot be shown: it was not measured yet."))
    if gone:
        return no_occasion(gone.sentence, *gone.evidence)
    return no_occasion(_("No underlying policy was laid before the committee."))


CHECKS: Final[Mapping[str, Check[PolicyPast]]] = {Measure.UNDERLYING_POLICIES: underlying_policies}
