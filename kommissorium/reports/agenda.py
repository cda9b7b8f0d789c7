"""Progress of the newest quarter's status, under ongoing work of the agenda."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext
from kommissorium.reports.status_rows import newest_rows


def news_table(context: AgendaContext) -> FactTable | None:
    """Return how far it has come; None where the mandate asks for none, and before one is due."""
    committee = context.meeting.committee
    rows = [
        FactRow(
            f"reports.status:{one.committee.pk}:{one.quarter}",
            (one.quarter.label, one.state, day(one.quarter.due)),
            one.url if one.is_read_by_all else reverse("statuses"),
            urgent=one.is_overdue,
        )
        for one in newest_rows([committee], context.today)
    ]
    if not rows:
        return None
    columns = (_("Quarter"), _("State"), _("To be approved by"))
    return FactTable("reports", _("Status of the quarter"), "", columns, tuple(rows))
