"""The quarters of the committees a person follows, and the progress of the newest on the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.measures.codes import Measure
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.periods import ended_quarters, measured_since
from kommissorium.reports.models import QuarterlyStatus

MOST = 16  # quarters that are shown of a committee
A_YEAR = 4  # quarters


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter that has ended; `status` is None where none was begun, or `person` may not see it."""

    committee: Committee
    quarter: Quarter
    status: QuarterlyStatus | None
    today: date

    @property
    def is_overdue(self) -> bool:
        is_approved = self.status is not None and self.status.is_approved
        return not is_approved and self.quarter.due < self.today

    @property
    def is_read_by_all(self) -> bool:
        """Return whether everybody who follows the committee reads it: it is no draft."""
        return self.status is not None and not self.status.is_draft

    @property
    def url(self) -> str:
        """Return where the status is, or where it is begun."""
        if self.status is not None:
            return self.status.get_absolute_url()
        return f"{reverse('statuses')}?committee={self.committee.pk}&quarter={self.quarter}"

    @property
    def state(self) -> str:
        return str(self.status.get_state_display()) if self.status else _("Not begun")

    @property
    def tone(self) -> str:
        if self.status is not None and not self.is_overdue:
            return {"approved": "success", "proposed": "info"}.get(self.status.state, "neutral")
        return "error" if self.is_overdue else "neutral"


def reporting_committees(committees: Sequence[Committee], today: date) -> dict[Committee, date]:
    """Return those whose mandate asks for a status today, each with the day since when."""
    since = measured_since((Measure.QUARTERLY_STATUS, Measure.PROJECT_STATUS), today)
    return {one: since[one.pk] for one in committees if one.pk in since}


def quarter_rows(person: Person, today: date) -> dict[Committee, list[QuarterRow]]:
    """Return the quarters of each committee `person` follows, the newest first (three queries)."""
    followed = list(Committee.objects.visible_to(person))
    visible = QuarterlyStatus.objects.visible_to(person).exclude(state="dropped")
    found = {(one.of_id, one.period): one for one in visible.filter(of__in=followed)}
    rows = {}
    for committee, since in reporting_committees(followed, today).items():
        there = (quarter.last for key, quarter in found if key == committee.pk)
        first = min([Quarter.whole_from(since).last, *there])
        rows[committee] = [
            QuarterRow(committee, quarter, found.get((committee.pk, quarter)), today)
            for quarter in islice(ended_quarters(first, today), MOST)
        ]
    return rows


def ended_rows(committees: Sequence[Committee], today: date) -> list[list[QuarterRow]]:
    """Return of each committee whose mandate asks for a status the quarters of a year that ended
    from its first day on, the newest first; two queries."""
    begun = QuarterlyStatus.objects.filter(of__in=committees).exclude(state="dropped")
    found = {(one.of_id, one.period): one for one in begun}
    return [
        [
            QuarterRow(committee, quarter, found.get((committee.pk, quarter)), today)
            for quarter in islice(ended_quarters(Quarter.whole_from(since).last, today), A_YEAR)
        ]
        for committee, since in reporting_committees(committees, today).items()
    ]


def newest_rows(committees: Sequence[Committee], today: date) -> list[QuarterRow]:
    """Return the newest quarter of each of them whose mandate asks for a status."""
    return [rows[0] for rows in ended_rows(committees, today) if rows]


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
