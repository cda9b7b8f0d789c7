"""The wheel proposed to a newcomer: three sizes, with the hours a month they take and whose."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.conftest import Cast
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.defaults import DEFAULTS
from kommissorium.yearwheel.defaults.effort import EFFORT, Size
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.duty_sizes import chosen_size, hours_a_month, sizes_of
from kommissorium.yearwheel.models import Duty

Browser = Callable[[str], Client]
# What registers, approved plans and the program do by themselves.
BY_ITSELF = {
    *("training", "data_protection_day", "continuity_test", "restore", "alarm_list"),
    *("internal_audit", "suppliers", "continuity_plans", "owner_documentation"),
    *("underlying_policies", "calendar", "follow_up"),
}


def test_each_default_has_a_size_and_minutes_and_the_sizes_hold_12_25_and_all() -> None:
    keys = {one.key for one in DEFAULTS}
    assert keys == set(EFFORT) and not keys & BY_ITSELF
    held = [sum(one.size <= size for one in EFFORT.values()) for size in Size]
    assert held == [12, 25, len(DEFAULTS)] and len(DEFAULTS) < 42
    assert all(10 <= one.minutes <= 600 for one in EFFORT.values())


def test_each_size_holds_the_smaller_and_takes_longer(cast: Cast) -> None:
    sizes = sizes_of(propose_duties(cast.committee), DueDays(cast.committee))
    kept = [{one.key for one in size.proposals} for size in sizes]
    assert kept[0] < kept[1] < kept[2]
    with translation.override("en"):
        hours = [float(size.hours.split()[1]) for size in sizes]
        assert hours == sorted(hours) and 2 <= hours[0] < hours[2] <= 20
        today = timezone.localdate()
        seats = cast.committee.seats.on(today).with_holders(today)
        people = sizes[2].by_person(seats)
        assert cast.coordinator.name in dict(people) or len(people) > 1
        shared = sum(float(said.split()[1]) for _name, said in people)
        assert abs(shared - hours[2]) <= len(people) / 4 + 0.5
        assert hours_a_month(0.01) == "about 0.5 hour a month"
        assert hours_a_month(1.3) == "about 1.5 hours a month"


def test_a_newcomer_is_shown_the_smallest_and_can_choose(cast: Cast, client_of: Browser) -> None:
    browser, url = client_of("coordinator"), reverse("duty_proposals", args=[cast.committee.pk])
    shown = {}
    for wish in ("", "?size=first", "?size=usual", "?size=all", "?size=nonsense"):
        page = browser.get(url + wish)
        shown[wish] = {row.proposal.key for row in page.context["rows"]}
        assert "ca. " in page.text and cast.coordinator.name in page.text
    assert len(shown[""]) == 12 and shown[""] == shown["?size=first"] == shown["?size=nonsense"]
    assert (len(shown["?size=usual"]), len(shown["?size=all"])) == (25, len(DEFAULTS))


def test_what_is_chosen_of_a_larger_size_is_adopted_and_the_next_size_is_offered(
    cast: Cast, client_of: Browser
) -> None:
    browser, url = client_of("coordinator"), reverse("duty_proposals", args=[cast.committee.pk])
    assert browser.post(f"{url}?size=all", {"proposal": ["weighing"]}).status_code == 302
    assert Duty.objects.get().default_key == "weighing"
    found = propose_duties(cast.committee)
    small = chosen_size(sizes_of(found, DueDays(cast.committee)), "")
    assert small.size == Size.FIRST
    adopt_duties(cast.committee, small.proposals, by=cast.coordinator)
    found = propose_duties(cast.committee)
    assert chosen_size(sizes_of(found, DueDays(cast.committee)), "").size == Size.USUAL
