"""Kept numbers are counted again when something was done they depend on, and only then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.core.evidence.actions import record
from kommissorium.registers import counts
from kommissorium.registers.counts import counts_now, counts_of
from kommissorium.registers.numbers import Counts
from kommissorium.registers.protocol import Register
from kommissorium.tasks.tests.conftest import together


class Tally(Register):
    """A register that says how often it was counted."""

    times = 0

    def __init__(self, code: str, *rooms: str) -> None:
        self.code, self.counts = code, Counts(self.count, rooms)  # type: ignore[misc]

    def count(self, _day: date) -> Mapping[str, int]:
        self.times += 1
        return {"times": self.times}


@pytest.fixture
def tallies(monkeypatch):
    """Two registers: one counted from its own room, one from any."""
    found = {one.code: one for one in (Tally("own", "risks"), Tally("any"))}
    monkeypatch.setattr(counts, "registers", lambda: tuple(found.values()))
    monkeypatch.setattr(counts, "register_of", found.__getitem__)
    return found


def do(cast, act: str) -> None:
    with transaction.atomic():
        record(act, cast.municipality, by=cast.coordinator)


def times() -> tuple[int, ...]:
    return tuple(numbers["times"] for numbers in counts_now().values())


def test_nothing_done_is_nothing_counted(cast, tallies, django_assert_num_queries):
    assert times() == (1, 1)
    with django_assert_num_queries(1):
        assert times() == (1, 1)


def test_what_is_done_in_another_room_leaves_the_numbers_as_they_are(cast, tallies):
    times()
    do(cast, "meetings.tried")
    assert times() == (1, 2)
    do(cast, "risks.tried")
    do(cast, "meetings.tried")
    assert times() == (2, 3)
    assert times() == (2, 3)


def test_one_register_is_asked_without_the_others(cast, tallies):
    assert counts_of("own") == {"times": 1}
    assert tallies["any"].times == 0
    assert times() == (1, 1)


def test_each_day_is_counted_for_itself(cast, tallies):
    times()
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert times() == (2, 2)


def test_what_was_rolled_back_is_not_kept(cast, tallies):
    times()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        do(cast, "risks.tried")
        assert times() == (2, 2)
        raise ZeroDivisionError
    do(cast, "risks.tried")  # it has the number of the one that is gone
    assert times() == (3, 3)


def test_what_is_done_while_it_is_counted_is_counted_again(cast, tallies, monkeypatch):
    def count(day: date) -> Mapping[str, int]:
        do(cast, "risks.tried")
        return {"times": 0}

    with monkeypatch.context() as patched:
        patched.setattr(tallies["own"], "counts", Counts(count, ("risks",)))
        assert counts_of("own") == {"times": 0}
    assert counts_of("own") == {"times": 1}


def test_two_who_ask_at_once_get_the_same(committing, tallies):
    assert times() in together(times, times)
