"""A1–A8: the committee treated the item at each of its meetings.

At a meeting that was held and minuted, an item was treated where it was not withdrawn and
it had a result, or it was said that there was nothing new. A1 asks for the minutes of the
meeting before to have been confirmed, A5 for tasks to have been chosen or none. What came of an
item is known when the minutes are approved. One miss in twelve months is amber, two are red.
"""

from __future__ import annotations

from collections.abc import Sequence

from kommissorium.measures.clauses import Clause, saying
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import QUARTER, year_before
from kommissorium.measures.findings import (
    Finding,
    Question,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.history import History
from kommissorium.measures.kinds import AGENDAS, MEETINGS, reads
from kommissorium.measures.meetings import PastItem, PastMeeting
from kommissorium.measures.rules.evidence import (
    earlier_in_words,
    none_minuted,
    of_minutes,
    open_next_agenda,
)
from kommissorium.measures.said import Words, _, joined, ngettext


@reads(MEETINGS, AGENDAS)
def treated(clause: Clause, history: History, asked: Question) -> Finding:
    """A1–A8: the item was treated at the meetings of the twelve months that end on the date.

    Meetings before the mandate asked for the item are not held against it, and neither is what
    is not told of one that was registered afterwards.
    """
    first = max(history.clause_since(clause, asked.on), year_before(asked.on))
    held = [one for one in history.minuted_between(first, asked.on) if _tells(one, clause)]
    step = open_next_agenda(history, asked.on)
    if not held:
        none = none_minuted(history, asked.on)
        return unless_first_period(not_fulfilled(none, step=step), asked, QUARTER)
    missed = [meeting for meeting in held if not was_treated(clause, meeting, history)]
    evidence = [of_minutes(meeting) for meeting in [*missed, *_others(held, missed)]]
    text = joined(_in_words(held, missed), earlier_in_words(history, asked.on))
    if not missed:
        return fulfilled(text, *evidence)
    if len(missed) == 1 and len(held) > 1:
        return due_soon(joined(text, _("One more, and it is not fulfilled.")), *evidence, step=step)
    return not_fulfilled(text, *evidence, step=step)


def was_treated(clause: Clause, meeting: PastMeeting, history: History) -> bool:
    """Return whether the meeting treated the clause's item, as far as is known."""
    said = saying(clause)
    items = [item for item in meeting.items if item.says == said]
    standing = [item for item in items if not _is_withdrawn(item, history)]
    if clause.measure == Measure.AGENDA_MINUTES:
        before = _meeting_before(meeting, history)
        if before is not None and before.registered_on is None:
            return any(before.key in item.confirmed for item in standing)
    if clause.measure == Measure.AGENDA_COMING_TASKS and meeting.registered_on is None:
        return any(item.chose_tasks or item.nothing_new for item in standing)
    if clause.measure == Measure.AGENDA_ANY_OTHER_BUSINESS:  # nothing is decided there
        return any(item.is_answered or item.was_discussed for item in standing)
    return any(item.is_answered for item in standing)


def _tells(meeting: PastMeeting, clause: Clause) -> bool:
    """Return whether the meeting tells of the item: a meeting registered later may not tell all."""
    said = saying(clause)
    return meeting.registered_on is None or any(item.says == said for item in meeting.items)


def _is_withdrawn(item: PastItem, history: History) -> bool:
    return item.withdrawn_on is not None and item.withdrawn_on <= history.known


def _meeting_before(meeting: PastMeeting, history: History) -> PastMeeting | None:
    """Return the meeting held before it, whose minutes it was to confirm."""
    held = [m for m in history.meetings if m.was_held_by(history.known) and m.day < meeting.day]
    return max(held, key=lambda one: one.day, default=None)


def _others(held: Sequence[PastMeeting], missed: Sequence[PastMeeting]) -> list[PastMeeting]:
    return [meeting for meeting in held if meeting not in missed]


def _in_words(held: Sequence[PastMeeting], missed: Sequence[PastMeeting]) -> Words:
    text = ngettext(
        "The item was treated at %(there)d of %(number)d meeting of the last twelve months.",
        "The item was treated at %(there)d of %(number)d meetings of the last twelve months.",
        len(held),
    ) % {"there": len(held) - len(missed), "number": len(held)}
    if not missed:
        return text
    names = ", ".join(meeting.label for meeting in missed)
    return joined(text, _("Not at %(meetings)s.") % {"meetings": names})
