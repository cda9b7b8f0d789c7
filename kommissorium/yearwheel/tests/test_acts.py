"""Whatever the duty and the day: an act finishes one time, the next lies one interval later."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.conftest import Cast, time_is
from kommissorium.yearwheel.actions.acts import is_its_time
from kommissorium.yearwheel.actions.occurrences import conclude
from kommissorium.yearwheel.cadence import nominal
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, again, day

State = Occurrence.State
INTERVALS = [1, 2, 3, 6, 12, 24, 48]


def act(cast: Cast, duty: Duty) -> bool:
    """Do what a register does today; return whether it finished something."""
    waiting = duty.occurrences.open().select_related("duty__committee").get()
    if not is_its_time(waiting, timezone.localdate()):
        return False
    words = "Besluttet"
    conclude(
        waiting, by=cast.coordinator, result="done", conclusion=words, evidence=(), is_act=True
    )
    return True


def numbers(duty: Duty) -> tuple[int, int]:
    found = [duty.occurrences.filter(state=state).count() for state in (State.DONE, State.OPEN)]
    return found[0], found[1]


@given(
    months=st.sampled_from(INTERVALS),
    wanted=st.tuples(st.integers(0, 365), st.integers(0, 500)),  # lead time, first day due
    gaps=st.lists(st.integers(0, 1500), min_size=1, max_size=4),
)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_of_any_duty_on_any_day_an_act_finishes_one_time_and_the_next_lies_an_interval_later(
    cast: Cast, add: Add, months: int, wanted: tuple[int, int], gaps: list[int]
) -> None:
    lead, offset = wanted
    noon, today = timezone.localtime().replace(hour=12), timezone.localdate()
    with transaction.atomic():
        duty = add(months=months, due=day(offset), lead_days=lead)
        for gap in gaps:
            today += timedelta(days=gap)
            with time_is(noon + (today - noon.date())):
                _holds_today(cast, again(duty), months, today)
        transaction.set_rollback(True)


def _holds_today(cast: Cast, duty: Duty, months: int, today: date) -> None:
    before, waiting = numbers(duty), duty.occurrences.open().get()
    known = {one.pk for one in duty.occurrences.all()}
    finished = act(cast, duty)
    duty = again(duty)
    following = duty.occurrences.open().get()
    assert following.due > today, "nothing is overdue that was done"
    if not finished:
        assert (numbers(duty), following) == (before, waiting)
        return
    assert numbers(duty) == (before[0] + 1, 1), "one time, never two"
    assert not act(cast, again(duty)), "the same once more finishes nothing"
    later = nominal(waiting.nominal, months, 1)
    assert later is not None
    passed = duty.occurrences.filter(state=State.SKIPPED).exclude(pk__in=known)
    if duty.cadences.latest("pk").applies_from == today + timedelta(days=1):
        assert following.nominal == nominal(today, months, 1), "early: an interval after the act"
        assert not passed
    elif today < later - timedelta(days=3):  # the 31st gives the last day of a short month
        assert abs((following.nominal - later).days) <= 3
        assert not passed
    else:
        assert all(one.due <= today and one.skipped_because for one in passed)
        assert (following.nominal - today).days <= months * 31


def test_a_time_that_was_missed_meanwhile_is_skipped_and_says_why(cast: Cast, add: Add) -> None:
    duty = add(months=3, due=day(5))
    with time_is(timezone.localtime() + timedelta(days=200)):
        assert act(cast, duty)
        states = list(duty.occurrences.order_by("nominal").values_list("state", flat=True))
        assert states == ["done", "skipped", "skipped", "open"]
        missed = duty.occurrences.filter(state=State.SKIPPED).first()
        assert missed and "ikke udført til tiden" in missed.skipped_because


def test_what_has_not_begun_is_not_finished(cast: Cast, add: Add) -> None:
    duty = add(months=12, due=day(500))
    assert not act(cast, duty)
    with time_is(timezone.localtime() + timedelta(days=140)):
        assert act(cast, duty)
