"""The clock that the demonstration is built by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kommissorium.demo.story import STEP, at

LONG_AGO = datetime(2021, 3, 4, 9, 30, tzinfo=UTC)


def test_the_moment_is_the_one_told_and_goes_on():
    with at(LONG_AGO) as clock:
        first, second = timezone.now(), timezone.now()
        assert timezone.localdate() == LONG_AGO.date()
    assert LONG_AGO < first < second < LONG_AGO + timedelta(minutes=5)
    assert second - first == STEP
    assert clock.reading >= second


def test_afterwards_it_is_now_again_even_after_an_error():
    true_now = timezone.now
    with pytest.raises(RuntimeError, match="stopped"), at(LONG_AGO):
        raise RuntimeError("stopped")
    assert timezone.now is true_now
    assert timezone.now() > LONG_AGO + timedelta(days=1000)


def test_it_never_passes_the_true_time():
    with at(timezone.localtime() + timedelta(days=3)):
        told = timezone.now()
    assert told <= timezone.now()
