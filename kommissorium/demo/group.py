"""The meetings of the small group; its calendar does not reach far enough."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from kommissorium.demo.agendas import write_item
from kommissorium.demo.contents import Content
from kommissorium.demo.meetings import plan
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows_of
from kommissorium.yearwheel.actions import sync_all_meetings

# Which meetings were planned at the one so many meetings ago.
PLANNED_AT = {3: (2, 1), 1: (0,)}


def tell_group(town: Town) -> None:
    """Tell when the group planned its meetings and what it dealt with."""
    days = town.almanac
    town.tell(days.after(8, 19), partial(_plan, town, (4, 3)))
    for ago in range(days.span.group_first, 0, -1):
        day = days.group_day(ago)
        written = days.call_day(day) - timedelta(days=1)
        town.tell(days.moment(written, "13.30"), partial(_write, town, ago))
        town.tell(days.moment(day, "14.30"), partial(_plan, town, PLANNED_AT.get(ago, ())))


def _plan(town: Town, which: tuple[int, ...]) -> None:
    for ago in (ago for ago in which if ago <= town.almanac.span.group_first):
        day = town.almanac.group_day(ago)
        town.group_meetings[ago] = plan(town, town.committees["group"], day)
    if which:
        sync_all_meetings()


def _write(town: Town, ago: int) -> None:
    items = town.group_meetings[ago].items.all()
    for item, row in zip(items, rows_of("group.csv", ago), strict=True):
        write_item(town, item, _content(row["indstilling"], row["sagsfremstilling"]))


def _content(recommendation: str, presentation: str) -> Content:
    asked = f"<p>{recommendation}</p>" if recommendation else ""
    return asked, f"<p>{presentation}</p>" if presentation else ""
