"""Evidence for R10 and A7: the reports the executive board has received, and when.

How many are asked for depends on who sits in the committee, which compliance knows: it asks here
for the evidence. An approval is none, and neither is a report that nobody received.
"""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.registers.findings import (
    Evidence,
    Finding,
    Question,
    State,
    Step,
    event_evidence,
    not_fulfilled,
)
from kommissorium.reports.board_past import RECEIVED, SENT, PastReport, ToldNote
from kommissorium.reports.past import ReportPast

REPORTS_RECEIVED: Final = "reports_received"  # the aspect that compliance asks for


def reports_received(_clause: Clause, past: ReportPast, asked: Question) -> Finding:
    """Say which reports the board has received by the day, each on its day; and what lacks."""
    known = past.board.known(asked)
    sent = [one for one in known if one.first(SENT, asked)]
    received = [(note, one) for one in sent if (note := one.first(RECEIVED, asked))]
    received.sort(key=lambda pair: (pair[0].on, pair[0].key))
    step = Step(_("Go to the reports"), reverse("board_reports"))
    text = _what_lacks(len(known) - len(sent), len(sent) - len(received))
    if not received:
        lead = _("The executive board has received no report.")
        return not_fulfilled(f"{lead} {text}".strip(), step=step)
    last = received[-1][0].on
    lead = _("The executive board received the newest report on %(day)s.") % {"day": day(last)}
    evidence = tuple(_evidence(*pair) for pair in received)
    return Finding(State.FULFILLED, f"{lead} {text}".strip(), evidence, step)


def _what_lacks(unsent: int, unreceived: int) -> str:
    lines = []
    if unsent:
        text = ngettext(
            "%(number)d report is approved and not sent.",
            "%(number)d reports are approved and not sent.",
            unsent,
        )
        lines.append(text % {"number": unsent})
    if unreceived:
        text = ngettext(
            "%(number)d report is sent, and nobody has noted that it was received.",
            "%(number)d reports are sent, and nobody has noted that they were received.",
            unreceived,
        )
        lines.append(text % {"number": unreceived})
    return " ".join(lines)


def _evidence(note: ToldNote, report: PastReport) -> Evidence:
    values = {"quarter": report.quarter.label, "day": day(note.on)}
    label = _("Report to the executive board, %(quarter)s: received on %(day)s") % values
    link, about = reverse("board_report", args=[report.key]), f"reports.boardreport {report.key}"
    return event_evidence(label, link, about, note.noted, note.on)


BOARD_CHECKS: Final = {REPORTS_RECEIVED: reports_received}
