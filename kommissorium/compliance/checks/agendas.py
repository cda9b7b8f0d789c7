"""A1–A8: the called agendas had the item."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.compliance.checks.evidence import of_meeting, open_next_agenda
from kommissorium.compliance.clause_identity import saying
from kommissorium.compliance.history import CalledMeeting, History
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import (
    Finding,
    fulfilled,
    not_fulfilled,
    unmeasured,
    year_before,
)


def on_the_agenda(clause: Clause, history: History, on: date) -> Finding:
    """Look for the item on the last agenda called, and on those of the twelve months.

    Agendas called before the mandate asked for the item are not held against it.
    """
    since = history.clause_since(clause, on)
    first = max(since, year_before(on))
    called = [m for m in history.called_until(on) if timezone.localdate(m.called_at) >= first]
    if not called:
        return unmeasured(_("No meeting was called since %(day)s.") % {"day": day(first)})
    last = called[0]
    without = [meeting for meeting in called if not has_item(meeting, clause, on)]
    evidence = [of_meeting(meeting) for meeting in called]
    if last in without:
        text = _("The agenda of meeting %(number)s, the last one called, does not have the item.")
        step = open_next_agenda(history, on)
        return not_fulfilled(text % {"number": last.label}, *evidence, step=step)
    text = ngettext(
        "The item stood on the agenda of the meeting called in the last twelve months.",
        "The item stood on %(there)d of the %(number)d agendas called in the last twelve months.",
        len(called),
    )
    numbers = {"there": len(called) - len(without), "number": len(called)}
    return fulfilled(text % numbers, *evidence)


def has_item(meeting: CalledMeeting, clause: Clause, on: date) -> bool:
    """Return whether the agenda had the clause's item when the day ended."""
    said = saying(clause)
    return any(
        item.says == said and (item.withdrawn_on is None or item.withdrawn_on > on)
        for item in meeting.items
    )
