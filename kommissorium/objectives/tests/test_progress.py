"""Reached, on track, at risk, missed or to be measured: by rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.objectives.status import Progress
from kommissorium.objectives.tests.cases import approved, measure, only, progress

FAR = {"due": timezone.localdate() + timedelta(days=400)}


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("at_least", 4, Progress.REACHED),
        ("at_least", 3, Progress.UNDER_WAY),
        ("at_most", 4, Progress.REACHED),
        ("at_most", 5, Progress.UNDER_WAY),
    ],
)
def test_a_value_is_held_against_the_target(cast: Cast, direction, value, expected) -> None:
    one = only(approved(cast, {"direction": direction, **FAR}))
    measure(cast, one, value)
    assert progress(one) == expected


def test_it_is_missed_after_its_day_and_late_when_not_measured(cast: Cast) -> None:
    today = timezone.localdate()
    one = only(approved(cast, {"due": today + timedelta(days=10)}))
    assert progress(one) == Progress.LATE
    measure(cast, one, 1)
    assert progress(one) == Progress.AT_RISK, "its day comes before it is measured again"
    assert progress(one, today + timedelta(days=11)) == Progress.MISSED
    assert progress(one, today + timedelta(days=120)) == Progress.LATE


@pytest.mark.parametrize(
    ("direction", "before", "now", "expected"),
    [
        ("at_least", 2, 3, Progress.UNDER_WAY),
        ("at_least", 2, 2, Progress.AT_RISK),
        ("at_least", 2, 1, Progress.AT_RISK),
        ("at_most", 8, 6, Progress.UNDER_WAY),
        ("at_most", 8, 9, Progress.AT_RISK),
        ("at_most", 8, 4, Progress.REACHED),
    ],
)
def test_what_came_no_nearer_in_an_interval_is_at_risk(
    cast: Cast, direction, before, now, expected
) -> None:
    one = only(approved(cast, {"direction": direction, **FAR}))
    measure(cast, one, before, ago=95)
    measure(cast, one, now)
    assert progress(one) == expected


def test_what_moved_within_an_interval_is_compared_with_how_it_stood_before(cast: Cast) -> None:
    one = only(approved(cast, FAR))
    measure(cast, one, 1, ago=100)
    measure(cast, one, 3, ago=30)
    measure(cast, one, 2)
    assert progress(one) == Progress.UNDER_WAY


def test_the_newest_day_counts_and_of_a_day_the_last_word(cast: Cast) -> None:
    one = only(approved(cast, FAR))
    measure(cast, one, 4)
    measure(cast, one, 1, ago=20)
    assert progress(one) == Progress.REACHED
    measure(cast, one, 3)
    assert progress(one) == Progress.UNDER_WAY
