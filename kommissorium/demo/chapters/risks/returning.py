"""Items that came back to the agendas by themselves, and the texts about them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from kommissorium.demo.agendas import write_item
from kommissorium.demo.story import Town
from kommissorium.secretariat.actions.returning import bring_back

EXPIRING, SLIPPED = "risks.expiring", "risks.slipped"  # what returns
RETURNED = {
    EXPIRING: "<p>Listen viser de risici, hvis risikoaccept udløber, med beløb og sidste dag.</p>",
    SLIPPED: "<p>Listen viser de tiltag, der er forsinkede, udskudte eller ikke kan gennemføres.</p>",
}


def tell_returning(town: Town) -> None:
    """Tell of the texts about expiring acceptances and late actions."""
    days = town.almanac
    for ago in range(days.span.yearly[0], 0, -1):
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called, "13.50"), partial(_write_returned, town, ago))
    yesterday = days.today - timedelta(days=1)
    town.tell(days.moment(yesterday, "11.50"), partial(_write_returned, town, 0))


def _write_returned(town: Town, ago: int) -> None:
    """Write the texts of the items that come back by themselves."""
    by = town.keeper()
    if not by.is_coordinator:
        return
    bring_back(town.meetings[ago], by=by)
    items = town.meetings[ago].items.filter(subject_kind__in=RETURNED, presentation="")
    for item in items.select_related("clause", "meeting__committee"):
        write_item(town, item, (item.recommendation, RETURNED[item.subject_kind]))
