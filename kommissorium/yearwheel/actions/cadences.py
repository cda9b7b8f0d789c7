"""Check and save how often a duty recurs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.actions.next_occurrences import first_planned
from kommissorium.yearwheel.cadence import due_dates
from kommissorium.yearwheel.models import Duty, DutyCadence, Rhythm
from kommissorium.yearwheel.models.duties import MOST_MONTHS

LAST_YEAR = 9000  # further ahead nobody has a calendar


@dataclass(frozen=True)
class CadenceValues:
    """Cadence of a duty: the rhythm, the months between and the first due day where needed.

    `anchor` is the day they are counted from, where that is an earlier one: due first on
    30 November and counted from 31 January, the next is on 31 December.
    """

    rhythm: str
    interval_months: int | None = None
    due: date | None = None
    anchor: date | None = None

    def differs_from(self, duty: Duty) -> bool:
        """Return whether this says something else than the duty's newest cadence."""
        newest = duty.cadences.order_by("-pk").first()
        if newest is None or self.rhythm != newest.rhythm:
            return True
        if self.rhythm in (Rhythm.MEETING, Rhythm.EVENT):
            return False
        if self.interval_months != newest.interval_months:
            return True
        return self.due != first_planned(duty, timezone.localdate()) and self.due != newest.anchor


def checked(values: CadenceValues) -> CadenceValues:
    """Return the cadence without what its rhythm does not need. Raises Refused for what lacks."""
    if values.rhythm not in Rhythm.values:
        raise Refused(rhythm=_("Choose how often."))
    if values.rhythm in (Rhythm.MEETING, Rhythm.EVENT):
        return CadenceValues(values.rhythm)
    if values.due is None:
        raise Refused(due=_("Say when it is first due."))
    if values.due.year > LAST_YEAR:
        raise Refused(due=_("That day is too far off."))
    if values.rhythm == Rhythm.ONCE:
        return replace(values, interval_months=None)
    if not 1 <= (values.interval_months or 0) <= MOST_MONTHS:
        raise Refused(interval_months=_("Write a number of months from 1 to 120."))
    return values


def start(committee: Committee, cadence: CadenceValues) -> date:
    """Return the day a new duty begins. Raises Refused for a day no mandate covers."""
    today = timezone.localdate()
    first = earliest(committee)
    if cadence.due is None:
        return max(today, first or today)
    if first is None and cadence.due < today:
        raise Refused(due=_("That day is over. Choose today or a later day."))
    if first is not None and cadence.due < first:
        text = _("The mandate takes effect on %(date)s. Nothing can be due before.")
        raise Refused(due=text % {"date": day(first)})
    return min(cadence.due, max(today, first or today))


def rules_from(cadence: CadenceValues, begins: date) -> date:
    """Return the day from which a new duty's cadence gives days: none before it is first due.

    One that is counted from an earlier day would give some before.
    """
    if cadence.due is None or cadence.anchor is None or not cadence.interval_months:
        return begins
    days = due_dates(cadence.anchor, cadence.interval_months, begins, cadence.due)
    return begins if next(days, None) == cadence.due else cadence.due


def earliest(committee: Committee) -> date | None:
    """Return the day the committee's first mandate took effect; None without one."""
    rows = committee.mandates.approved().order_by("effective_from")
    return rows.values_list("effective_from", flat=True).first()


def keep_cadence(duty: Duty, values: CadenceValues, applies_from: date) -> DutyCadence:
    """Write the cadence that rules from the day on.

    The 31st stays the anchor's day when only the number of months changes.
    """
    return DutyCadence.objects.create(
        duty=duty,
        applies_from=applies_from,
        rhythm=values.rhythm,
        interval_months=values.interval_months,
        anchor=_anchor(duty, values, applies_from),
    )


def _anchor(duty: Duty, values: CadenceValues, applies_from: date) -> date | None:
    if values.anchor is not None:
        return values.anchor
    before = duty.cadences.order_by("-pk").first()
    if values.due is None or before is None or before.anchor is None or not values.interval_months:
        return values.due
    days = due_dates(before.anchor, values.interval_months, applies_from, values.due)
    return before.anchor if next(days, None) == values.due else values.due
