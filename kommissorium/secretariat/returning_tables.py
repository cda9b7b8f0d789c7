"""The tables of what comes back to the committee: acceptances that run out, actions that slip."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.core.ui.wording import day, kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.risks.models import Acceptance, AcceptedRisk, PlanAction

SLIPPED_TABLE: Final = "risk_slipped"


def expiring_table(rows: Iterable[AcceptedRisk], today: date) -> FactTable:
    """Return the acceptances that run out, each with the risks it is about."""
    by_acceptance: dict[Acceptance, list[str]] = {}
    for row in rows:
        by_acceptance.setdefault(row.acceptance, []).append(row.scenario.title)
    shown = [
        FactRow(
            key=f"risks.acceptance:{one.pk}",
            cells=(
                "; ".join(titles),
                kroner(one.amount),
                one.accepted_by.name if one.accepted_by else str(one.get_capacity_display()),
                day(one.expires_on),
                _("Expired") if one.expires_on < today else _("Expires soon"),
            ),
            link=one.get_absolute_url(),
            urgent=one.expires_on < today,
        )
        for one, titles in by_acceptance.items()
    ]
    lead = _("%(money)s in all.") % {"money": kroner(sum(one.amount for one in by_acceptance))}
    columns = (_("Risks"), _("Amount"), _("Accepted by"), _("Holds until"), _("State"))
    heading = _("Acceptances that expire")
    return FactTable("risk_expiring", heading, lead if shown else "", columns, tuple(shown))


def slipped_table(actions: Iterable[PlanAction], today: date) -> FactTable:
    """Return the actions that do not go as planned."""
    rows = [
        FactRow(
            key=f"risks.planaction:{one.pk}",
            cells=(
                one.task.title,
                one.scenario.title,
                one.task.owner.name,
                day(one.first_due),
                day(one.task.due),
                _slip(one, today),
            ),
            link=reverse("risk", args=[one.scenario_id]),
            urgent=True,
        )
        for one in actions
    ]
    columns = (_("Action"), _("Risk"), _("Who"), _("First promised"), _("Due"), _("State"))
    return FactTable(SLIPPED_TABLE, _("Actions against risks"), "", columns, tuple(rows))


def days_of(table: FactTable) -> list[tuple[int, str]]:
    """Return the key of each action of the table, and when it was due, as it is written there."""
    if table.key != SLIPPED_TABLE:
        return []
    return [(int(row.key.partition(":")[2]), row.cells[4]) for row in table.rows]


def _slip(action: PlanAction, today: date) -> str:
    if action.is_impossible:
        because = action.impossible_because
        return _("Cannot be done: %(why)s") % {"why": because} if because else _("Cannot be done")
    return _("Overdue") if action.task.due < today else _("Put off")
