"""Deeds of the story that the program refuses are left out with all they wrote, and reported."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.story import Town
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task

LATER = timedelta(days=9)


def _give(cast: Cast, title: str, *, refused: bool) -> None:
    due = timezone.localdate() + LATER
    give_task(by=cast.coordinator, title=title, owner=cast.member, due=due)
    if refused:
        raise Refused("Det kan ikke lade sig gøre.")


def test_the_story_goes_on_without_a_deed_that_is_refused(cast: Cast) -> None:
    days = Almanac(timezone.localdate())
    town, before = Town(days), Event.objects.count()
    for hour, is_refused in (("9.10", False), ("9.20", True), ("9.30", False)):
        deed = partial(_give, cast, f"Opgave kl. {hour}", refused=is_refused)
        town.tell(days.moment(days.last_workday, hour), deed)
    for _told in town.live(town.in_order(lambda _day: None)):
        """Each is done as it is asked for."""
    titles = set(Task.objects.values_list("title", flat=True))
    assert titles == {"Opgave kl. 9.10", "Opgave kl. 9.30"}
    assert Event.objects.count() == before + 2
    [told] = town.left_out
    assert told.startswith(f"{days.last_workday} 09.20 test_left_out.give")
    assert told.endswith("Refused: Det kan ikke lade sig gøre.")


def test_what_lies_ahead_is_not_told() -> None:
    days = Almanac(timezone.localdate())
    town = Town(days)
    for day in (days.today - timedelta(days=1), days.today, days.today + timedelta(days=1)):
        town.tell(days.moment(day, "10.00"), partial(str, "deed"))
    assert [timezone.localdate(told.moment) for told in town.deeds] == [
        days.today - timedelta(days=1)
    ]
