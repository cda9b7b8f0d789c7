"""R3: decisions are weighed in four ways, and say why where they cost, risk or restrict."""

from __future__ import annotations

from collections.abc import Sequence

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import DEFERRED, WEIGHED, Measure
from kommissorium.measures.days import year_before
from kommissorium.measures.findings import (
    Finding,
    Question,
    Step,
    due_soon,
    fulfilled,
    no_occasion,
    not_fulfilled,
)
from kommissorium.measures.history import History
from kommissorium.measures.kinds import DECISIONS, MEETINGS, reads
from kommissorium.measures.meetings import MadeDecision
from kommissorium.measures.rules.evidence import of_decision, open_next_agenda
from kommissorium.measures.said import Words, _, joined, ngettext


@reads(MEETINGS, DECISIONS)
def weighed_decisions(_clause: Clause, history: History, asked: Question) -> Finding:
    """R3: decisions weigh security, usability, economy and proportion to the threat.

    One that was approved and costs, risks or restricts says why beside what it chose, and one of
    money or risk says more than four times that nothing changes. What was postponed is counted,
    and due soon until it is decided.
    """
    made = [one for one in history.decided_between(year_before(asked.on), asked.on) if _asks(one)]
    found = [one for one in made if one.outcome in WEIGHED]
    postponed = [
        one
        for one in made
        if one.outcome == DEFERRED and not any(one.is_settled_by(other) for other in made)
    ]
    waits = _awaited(history, asked)
    if not found and not postponed:
        text = _("No decisions in minutes that were sent out in the last twelve months.")
        return no_occasion(joined(text, waits))
    later = [one for one in found if one.was_weighed_later_by(history.known)]
    heavy = [one for one in found if one.is_heavy or (one in later and one.is_heavy_later)]
    missing = [one for one in found if not one.is_weighed and one not in later]
    unreasoned = [
        one for one in heavy if one.is_weighed and not one.has_reasons and one not in later
    ]
    silent = [one for one in missing if one.is_silent]
    counted = _of_decisions(found, missing, heavy, unreasoned, postponed)
    said = joined(counted, _of_silent(silent), _noted_afterwards(later), _of_postponed(postponed))
    said = joined(said, waits)
    if faulty := [*missing, *unreasoned]:
        step = Step(_("See the decision"), faulty[0].link)
        return not_fulfilled(said, *map(of_decision, faulty), step=step)
    evidence = [of_decision(one) for one in (*postponed, *found)]
    if postponed:
        return due_soon(said, *evidence, step=open_next_agenda(history, asked.on))
    return fulfilled(said, *evidence)


def _asks(decision: MadeDecision) -> bool:
    """Return whether there is anything to weigh: not in confirming minutes or taking note."""
    return decision.outcome in (*WEIGHED, DEFERRED) and decision.measure != Measure.AGENDA_MINUTES


def _of_decisions(
    found: Sequence[MadeDecision],
    missing: Sequence[MadeDecision],
    heavy: Sequence[MadeDecision],
    unreasoned: Sequence[MadeDecision],
    postponed: Sequence[MadeDecision],
) -> Words:
    if not found:
        return ""
    number = len(found) + len(postponed)
    text = ngettext(
        "%(weighed)d of %(number)d decision of the last twelve months was weighed in all four ways.",
        "%(weighed)d of %(number)d decisions of the last twelve months were weighed in all four ways.",
        number,
    ) % {"weighed": len(found) - len(missing), "number": number}
    if not heavy and any(one.is_silent for one in missing):
        return text
    if not heavy:
        return joined(text, _("None of them costs, risks or restricts anything."))
    unweighed = [one for one in heavy if one in missing and not one.has_reasons]
    reasoned = len(heavy) - len(unreasoned) - len(unweighed)
    return joined(text, _of_heavy(len(heavy), reasoned))


def _of_heavy(number: int, reasoned: int) -> Words:
    """Return how many cost, risk or restrict something, and of how many it is said why."""
    values = {"number": number, "reasoned": reasoned}
    if reasoned == number:
        every = ngettext(
            "One of them costs, risks or restricts something, and says why.",
            "%(number)d of them cost, risk or restrict something; all of these say why.",
            number,
        )
        return every % values
    if number > 1 and not reasoned:
        return _("%(number)d of them cost, risk or restrict something; none says why.") % values
    some = ngettext(
        "One of them costs, risks or restricts something, and does not say why.",
        "%(number)d of them cost, risk or restrict something; %(reasoned)d of these say why.",
        number,
    )
    return some % values


def _of_silent(silent: Sequence[MadeDecision]) -> Words:
    """Return how many of money or risk say nothing but that nothing changes, as a sentence."""
    if not silent:
        return ""
    text = ngettext(
        "%(number)d of money or risk is weighed by four neutral marks and not a word, which is no weighing.",
        "%(number)d of money or risk are weighed by four neutral marks and not a word, which is no weighing.",
        len(silent),
    )
    return text % {"number": len(silent)}


def _of_postponed(postponed: Sequence[MadeDecision]) -> Words:
    if not postponed:
        return ""
    text = ngettext(
        "%(number)d decision was postponed and is not taken yet.",
        "%(number)d decisions were postponed and are not taken yet.",
        len(postponed),
    )
    return text % {"number": len(postponed)}


def _noted_afterwards(later: Sequence[MadeDecision]) -> Words:
    """Return the number of decisions weighed only afterwards, as a sentence."""
    if not later:
        return ""
    text = ngettext(
        "Of %(number)d decision the weighing was noted afterwards: %(decisions)s.",
        "Of %(number)d decisions the weighing was noted afterwards: %(decisions)s.",
        len(later),
    )
    names = ", ".join(one.number for one in reversed(later))
    return text % {"number": len(later), "decisions": names}


def _awaited(history: History, asked: Question) -> Words:
    """Return the meetings whose decisions nobody knows yet, as a sentence."""
    held = history.held_between(year_before(asked.on), asked.on)
    waiting = [one for one in held if not one.was_minuted_by(history.known)]
    names = ", ".join(one.label for one in reversed(waiting))
    return _("Minutes not sent out yet: %(meetings)s.") % {"meetings": names} if names else ""
