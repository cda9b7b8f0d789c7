"""When the committees met: years planned ahead, one put off, one moved; and the small group.

The year wheel follows at once, as the worker lets it within minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.demo.agendas import write_item
from kommissorium.demo.contents import Content
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows_of
from kommissorium.meetings.actions.calendar import cancel_meeting, move_meeting, plan_meeting
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions import sync_all_meetings

WHY_CANCELLED = "Formanden og stedfortræderen er begge optaget den dag. Mødet holdes senere med samme dagsorden."
OTHER_ROOM = "Rådhuset, byrådssalen"


def tell_meetings(town: Town) -> None:
    """Tell when the calendar was made. At the revision of the mandate it was short for a while."""
    days, span = town.almanac, town.almanac.span
    town.tell(
        days.moment(days.start + timedelta(days=7), "9.30"),
        partial(_plan_quarters, town, range(12, 8, -1)),
    )
    town.tell(days.after(11, 5), partial(_plan_quarters, town, range(8, 4, -1)))
    town.tell(days.after(5, 19), partial(_plan_quarters, town, range(4, 0, -1)))
    town.tell(days.after(3, 6), partial(_plan_quarters, town, range(0, -4, -1)))
    town.tell(days.after(span.cancelled, -20, "8.40"), partial(_put_off, town))
    town.tell(days.after(span.moved, -21), partial(_move, town))


def _plan_quarters(town: Town, which: Sequence[int]) -> None:
    committee = town.committees["security"]
    for ago in filter(town.almanac.has, which):
        town.meetings[ago] = plan(town, committee, town.almanac.meeting_day(ago))
    sync_all_meetings()


def _put_off(town: Town) -> None:
    ago = town.almanac.span.cancelled
    put_off, day = town.meetings[ago], town.almanac.held_day(ago)
    town.meetings[ago] = plan(town, town.committees["security"], day)
    cancel_meeting(put_off, by=town.coordinator(), because=WHY_CANCELLED)
    sync_all_meetings()


def _move(town: Town) -> None:
    moved = town.almanac.span.moved
    meeting = town.meetings[moved]
    starts_at, ends_at = _hours(meeting.committee, town.almanac.held_day(moved))
    move_meeting(
        meeting,
        by=town.coordinator(),
        starts_at=starts_at,
        ends_at=ends_at,
        place=OTHER_ROOM,
        link=meeting.link,
        edit_version=meeting.edit_version,
    )
    sync_all_meetings()


def plan(town: Town, committee: Committee, day: date) -> Meeting:
    """Plan a meeting on the day, at the committee's usual hours and place."""
    starts_at, ends_at = _hours(committee, day)
    return plan_meeting(
        committee,
        by=town.coordinator(),
        starts_at=starts_at,
        ends_at=ends_at,
        place=committee.place,
        link=committee.link,
    )


def _hours(committee: Committee, day: date) -> tuple[datetime, datetime]:
    starts_at = timezone.make_aware(datetime.combine(day, committee.start_time))
    return starts_at, starts_at + timedelta(minutes=committee.minutes)


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
