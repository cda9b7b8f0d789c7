"""R3 and R11: the weighing of decisions, and the chair's mandate between meetings."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.compliance.checks.evidence import (
    of_decision,
    of_seat,
    open_next_agenda,
    open_the_committee,
)
from kommissorium.compliance.checks.steering import seats_that_chair
from kommissorium.compliance.history import History
from kommissorium.compliance.past_meetings import MadeDecision, PastMeeting
from kommissorium.meetings.models import Outcome
from kommissorium.registers.findings import (
    Finding,
    Question,
    Step,
    fulfilled,
    no_occasion,
    not_fulfilled,
    year_before,
)

WEIGHED = (Outcome.APPROVED, Outcome.WITH_CHANGES, Outcome.REJECTED)


def weighed_decisions(_clause: Clause, history: History, asked: Question) -> Finding:
    """R3: decisions weigh security, usability, economy and proportion to the threat.

    One that was approved and costs, risks or restricts says why beside what it chose.
    """
    on = asked.on
    found = [one for one in history.decided_between(year_before(on), on) if _is_weighable(one)]
    waits = _awaited(history, asked)
    if not found:
        text = _("No decisions in minutes that were sent out in the last twelve months.")
        return no_occasion(f"{text} {waits}".strip())
    later = [one for one in found if one.was_weighed_later_by(history.known)]
    heavy = [one for one in found if one.is_heavy or (one in later and one.is_heavy_later)]
    missing = [one for one in found if not one.is_weighed and one not in later]
    unreasoned = [
        one for one in heavy if one.is_weighed and not one.has_reasons and one not in later
    ]
    text = _of_decisions(found, missing, heavy, unreasoned)
    text = " ".join(filter(None, [text, _noted_afterwards(later), waits]))
    if faulty := [*missing, *unreasoned]:
        step = Step(_("See the decision"), faulty[0].link)
        return not_fulfilled(text, *map(of_decision, faulty), step=step)
    return fulfilled(text, *map(of_decision, found))


def chair_mandate(_clause: Clause, history: History, asked: Question) -> Finding:
    """R11: the chair can decide between meetings, and the committee is told of it."""
    on = asked.on
    chairing = seats_that_chair(history, asked.on)
    if not chairing:
        text = _("There is neither chair nor deputy chair to decide.")
        return not_fulfilled(text, step=open_the_committee(history))
    taken = [one for one in history.decided_between(year_before(on), on) if one.is_chairs]
    untold = [one for one in taken if not _told_in_time(one, history, asked)]
    if untold:
        text = ngettext(
            "%(number)d decision between meetings was not told to the next meeting.",
            "%(number)d decisions between meetings were not told to the next meeting.",
            len(untold),
        )
        step = open_next_agenda(history, on)
        return not_fulfilled(text % {"number": len(untold)}, *map(of_decision, untold), step=step)
    seats = [of_seat(seat, history, on) for seat in chairing]
    if not taken:
        text = _(
            "The chair can decide; nothing was decided between meetings in the last twelve months."
        )
        return no_occasion(text, *seats)
    text = ngettext(
        "%(number)d decision was taken between meetings in the last twelve months.",
        "%(number)d decisions were taken between meetings in the last twelve months.",
        len(taken),
    )
    return fulfilled(text % {"number": len(taken)}, *seats, *map(of_decision, taken))


def _is_weighable(decision: MadeDecision) -> bool:
    """Return whether there is anything to weigh: not in confirming minutes or taking note."""
    return decision.outcome in WEIGHED and decision.measure != Measure.AGENDA_MINUTES


def _of_decisions(
    found: Sequence[MadeDecision],
    missing: Sequence[MadeDecision],
    heavy: Sequence[MadeDecision],
    unreasoned: Sequence[MadeDecision],
) -> str:
    text = ngettext(
        "%(weighed)d of %(number)d decision of the last twelve months was weighed in all four ways.",
        "%(weighed)d of %(number)d decisions of the last twelve months were weighed in all four ways.",
        len(found),
    ) % {"weighed": len(found) - len(missing), "number": len(found)}
    if not heavy:
        return f"{text} {_('None of them costs, risks or restricts anything.')}"
    unweighed = [one for one in heavy if one in missing and not one.has_reasons]
    more = ngettext(
        "%(number)d costs, risks or restricts; %(reasoned)d of them says why.",
        "%(number)d cost, risk or restrict; %(reasoned)d of them say why.",
        len(heavy),
    )
    reasoned = len(heavy) - len(unreasoned) - len(unweighed)
    return f"{text} {more % {'number': len(heavy), 'reasoned': reasoned}}"


def _noted_afterwards(later: Sequence[MadeDecision]) -> str:
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


def _awaited(history: History, asked: Question) -> str:
    """Return the meetings whose decisions nobody knows yet, as a sentence."""
    held = history.held_between(year_before(asked.on), asked.on)
    waiting = [one for one in held if not one.was_minuted_by(history.known)]
    names = ", ".join(one.label for one in reversed(waiting))
    return _("Minutes not sent out yet: %(meetings)s.") % {"meetings": names} if names else ""


def _told_in_time(decision: MadeDecision, history: History, asked: Question) -> bool:
    """Return whether the committee was told at the first possible meeting, if it was held.

    That is the first one called after the decision: a called agenda takes late items only.
    """
    held = history.held_between(decision.on, asked.on)
    could = [one for one in held if _was_called_after(one, decision)]
    if not could:
        return True
    first = min(could, key=lambda meeting: meeting.day)
    return any(m.key in decision.told_at and m.day <= first.day for m in held)


def _was_called_after(meeting: PastMeeting, decision: MadeDecision) -> bool:
    return meeting.called_at is not None and meeting.called_at > decision.at
