"""T1 and what T3 and T4 ask of policies: the frame is laid down, the overall policy was revised, and
nothing under it is past its review.

Each answers from what the chain tells of decisions: who approved, when, and for how long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.counted import NAMED, Counted, plural
from kommissorium.measures.days import QUARTER, SOON
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Question,
    State,
    Step,
    combined,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    within_a_year,
)
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.rules.chair import by_committee, said_by, unless_alone
from kommissorium.measures.rules.policy_past import DecidedVersion, PolicyPast
from kommissorium.measures.said import Link, Words, _, day, joined, link, listed, ngettext

FRAME: Final = {  # the parts that the overall policy must have
    "organisation": _("The organisation"),
    "responsibilities": _("Who is responsible for what"),
    "control": _("Guidelines for control"),
    "contingency": _("Guidelines for contingency"),
}
OVERDUE: Final = Counted(
    "overdue",
    plural(
        "One document is in force past its review.",
        "%(number)d documents are in force past their review.",
    ),
    none=_("No document is in force past its review."),
    button=_("See the policies past their review"),
    page="policies",
    narrowed="standing=overdue",
    state=State.NOT_FULFILLED,
)
NEAR: Final = Counted(
    "soon",
    plural(
        "The review of one document is due within a month.",
        "The reviews of %(number)d documents are due within a month.",
    ),
    button=_("See the policies"),
    page="policies",
    narrowed="standing=soon",
    state=State.DUE_SOON,
)


@reads(CHAIRS)
def frame_laid_down(_clause: Clause, past: PolicyPast, asked: Question) -> Finding:
    """T1: the overall policy in force has the four parts, and was decided on within a year."""
    overall = _overall(past, asked)
    if not overall:
        return _no_policy(past, asked)
    oldest = min(overall, key=lambda one: one.decided)
    in_words = _decided_in_words(oldest, asked)
    found = within_a_year(in_words, oldest.decided, asked.on, _evidence(oldest), _open(oldest))
    confirmed = by_committee(found, oldest.by, asked, may=True)
    there = {part for one in overall for part in one.frame}
    missing = [label for part, label in FRAME.items() if part not in there]
    if not missing:
        return combined([confirmed, fulfilled(_("It has the four parts of the frame."))])
    text = _("It does not show where these parts stand: %(parts)s.")
    lacking = not_fulfilled(text % {"parts": listed(missing)}, step=_open(oldest))
    return combined([confirmed, lacking])


@reads(CHAIRS)
def policy_revised(_clause: Clause, past: PolicyPast, asked: Question) -> Finding:
    """Say when the overall policy was last revised, for T3; of several the one longest ago.

    The second evidence is the risk picture that the revision stands on.
    """
    overall = _overall(past, asked)
    if not overall:
        return replace(_no_policy(past, asked), evidence=())
    revised = [(one, past.last_revision(one.document, asked)) for one in overall]
    for one, revision in revised:
        if revision is None:
            text = _(
                "“%(title)s” is in force and was never revised: a minor change is no revision."
            )
            return not_fulfilled(text % {"title": one.title}, _evidence(one), step=_open(one))
    last = min((found for _one, found in revised if found), key=lambda found: found.decided)
    in_words = _decided_in_words(last, asked)
    found = within_a_year(in_words, last.decided, asked.on, _evidence(last), _open(last))
    found = by_committee(found, last.by, asked, may=True)
    if not last.picture:
        return found
    picture = Evidence(
        label=_("The risk picture it stands on"),
        link=_version(last),
        reference=last.picture,
        on=last.picture_on,
    )
    return Finding(found.state, found.sentence, (*found.evidence, picture), found.step)


def reviewed_in_time(_clause: Clause, past: PolicyPast, asked: Question) -> Finding | None:
    """T4: nothing under the overall policy is in force past its review; None where nothing is."""
    under = [one for one in past.in_force(asked) if not one.is_overall]
    if not under:
        return None
    late = [one for one in under if one.review_by < asked.on]
    soon = [one for one in under if asked.on <= one.review_by <= asked.on + SOON]
    for counted, rows in ((OVERDUE, late), (NEAR, soon)):
        if rows:
            said = counted.named([one.title for one in rows])
            evidence = tuple(map(_evidence, rows[:NAMED]))
            return Finding(counted.state, said, evidence, counted.step)
    text = ngettext(
        "%(number)d document under the overall policy is in force, and within its review.",
        "%(number)d documents under the overall policy are in force, and within their review.",
        len(under),
    )
    newest = max(under, key=lambda one: one.noted.seq)
    found = fulfilled(text % {"number": len(under)}, _evidence(newest))
    deciders = [(one.by, _("“%(title)s”") % {"title": one.title}) for one in under]
    alone = _("The chair approved %(names)s.")
    return unless_alone(found, deciders, asked, alone, may=True)


def _overall(past: PolicyPast, asked: Question) -> list[DecidedVersion]:
    return [one for one in past.in_force(asked) if one.is_overall]


def _no_policy(past: PolicyPast, asked: Question) -> Finding:
    text: Words = _("No overall policy is in force that the committee approved or recommended.")
    step = Step(_("See the policies"), link("policies"))
    waiting = [one for one in past.waiting(asked) if one.is_overall]
    if waiting:
        more = _("“%(title)s” was recommended on %(day)s and waits for its decision.")
        text = joined(text, more % {"title": waiting[0].title, "day": day(waiting[0].decided)})
    found = not_fulfilled(text, *map(_evidence, waiting), step=step)
    return unless_first_period(found, asked, QUARTER)


def _decided_in_words(one: DecidedVersion, asked: Question) -> Words:
    decided = _("“%(title)s” is in force, last decided on %(day)s.")
    alone = _("“%(title)s” is in force, last decided on %(day)s by the chair.")
    values = {"title": one.title, "day": day(one.decided)}
    return said_by(one.by, asked, decided, alone, values)


def _open(one: DecidedVersion) -> Step:
    return Step(_("See the policy"), link("policy", one.document))


def _version(one: DecidedVersion) -> Link:
    return link("policy_version", one.key)


def _evidence(one: DecidedVersion) -> Evidence:
    reference = f"policies.version {one.key}"
    return event_evidence(one.title, _version(one), reference, one.noted, one.decided)


CHECKS: Final[Mapping[str, Check[PolicyPast]]] = {
    Measure.POLICY_FRAMEWORK: frame_laid_down,  # T1
    "policy_revised": policy_revised,  # T3 asks it, beside the picture of risks
}
