"""What came back to the agendas by itself, and the evenings on which the figures were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from kommissorium.demo.agendas import write_item
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.chapters.risks.assessments import YEARLY
from kommissorium.demo.story import Town
from kommissorium.meetings.working_days import is_working_day
from kommissorium.meetings.year_plan import add_months
from kommissorium.registers.actions.daily_figures import keep_figures
from kommissorium.secretariat.actions.returning import bring_back

EXPIRING, SLIPPED = "risks.expiring", "risks.slipped"  # what returns
DAILY = 14  # days ago whose evenings were kept
RETURNED = {
    EXPIRING: "<p>Listen viser de risici, hvis accept udløber, med beløb og sidste dag.</p>",
    SLIPPED: "<p>Listen viser de tiltag, der er forsinkede, udskudte eller ikke kan lade sig gøre.</p>",
}


def tell_evenings(town: Town) -> None:
    """Tell what was said of expiring acceptances and late actions, and when figures were kept."""
    days = town.almanac
    for ago in range(YEARLY[days.span][0], 0, -1):
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called, "13.50"), partial(_write_returned, town, ago))
    yesterday = days.today - timedelta(days=1)
    town.tell(days.moment(yesterday, "11.50"), partial(_write_returned, town, 0))
    for day in sorted(set(_evenings(days))):
        town.tell(days.moment(day, "22.15"), partial(keep_figures, "risks", day))


def _write_returned(town: Town, ago: int) -> None:
    """Write what is to be said of the items that come back by themselves."""
    by = town.keeper()
    if not by.is_coordinator:
        return
    bring_back(town.meetings[ago], by=by)
    items = town.meetings[ago].items.filter(subject_kind__in=RETURNED, presentation="")
    for item in items.select_related("clause", "meeting__committee"):
        write_item(town, item, (item.recommendation, RETURNED[item.subject_kind]))


def _evenings(days: Almanac) -> Iterator[date]:
    """Yield the evenings on which the figures were kept: of months, then of days."""
    today = days.today
    aims = [add_months(today, -months) for months in range(3 * days.span.first, 0, -1)]
    aims += [today - timedelta(days=ago) for ago in range(DAILY, 0, -1)]
    for aim in aims:
        day = aim
        while not (is_working_day(day) and is_working_day(day + timedelta(days=1))):
            day -= timedelta(days=1)
        yield day
