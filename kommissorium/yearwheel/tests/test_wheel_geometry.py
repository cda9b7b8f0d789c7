"""The picture: every entry is drawn once, inside the ring, and no words lie on others."""

from __future__ import annotations

import itertools
import re
from calendar import isleap
from collections.abc import Sequence
from datetime import date, timedelta
from math import hypot
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.yearwheel.wheel_entries import PAINTS, EntryState, WheelEntry, legend
from kommissorium.yearwheel.wheel_geometry import MONTHS, RIM, Arc, Gathering, WheelPicture, draw
from kommissorium.yearwheel.wheel_lanes import (
    CENTRE,
    ELLIPSIS,
    INNER,
    MOST_WORDS,
    OUTER,
    SIZE,
    band,
    is_below,
    numbers_of,
    point,
    rail,
    shortened,
    turns,
    width,
)

STATES = get_args(EntryState.__value__)
YEARS = st.integers(1, 9999)
NUMBER = re.compile(r"-?\d+\.\d")
WORDS = st.text("abcdefghij klmnopqæøåABCØ…m", min_size=1, max_size=80)


def entry(key: int, due: date, state: EntryState = "open", title: str = "", duty: int = 0):
    return WheelEntry(
        key=f"occurrence:{key}",
        duty=duty or key,
        occurrence=key,
        title=title or f"Pligt {key}",
        clause="",
        due=due,
        nominal=due,
        state=state,
        responsible="",
        responsible_key=None,
        delegate="",
        delegate_key=None,
        tags=(),
        url=f"/{key}/",
        is_plan=False,
        meeting=None,
    )


@st.composite
def years(draw_one, most: int = 120) -> tuple[int, list[WheelEntry], dict[int, int]]:
    """A year, entries of it in any order, and lead times."""
    year = draw_one(YEARS)
    days = 366 if isleap(year) else 365
    rows = draw_one(
        st.lists(
            st.tuples(st.integers(0, days - 1), st.sampled_from(STATES), WORDS, st.integers(1, 30)),
            max_size=most,
        )
    )
    first = date(year, 1, 1)
    entries = [
        entry(number, first + timedelta(days=after), state, title, duty)
        for number, (after, state, title, duty) in enumerate(rows)
    ]
    leads = draw_one(st.dictionaries(st.integers(1, 30), st.integers(0, 365)))
    return year, entries, leads


def drawn(year: int, entries: Sequence[WheelEntry], lead: int = 30, today: date | None = None):
    leads = {one.duty: lead for one in entries}
    return draw(year, entries, leads, [], today or date(2001, 6, 1))


def room_of(arc: Arc) -> tuple[float, float]:
    """Return what an arc and its words take of their lane."""
    if arc.label is None:
        return arc.start, arc.end
    return min(arc.start, arc.label.turns[0]), max(arc.end, arc.label.turns[1])


def radii(path: str) -> list[float]:
    """Return how far from the middle the ends of a path's pieces are."""
    found = []
    for piece in re.findall(r"(?:M|L| [01] )(-?\d+\.\d -?\d+\.\d)", path):
        x, y = piece.split()
        found.append(hypot(float(x) - CENTRE, float(y) - CENTRE))
    return found


@given(years())
def test_every_entry_is_drawn_once_in_order_inside_the_ring(given_year) -> None:
    year, entries, leads = given_year
    picture = draw(year, entries, leads, [], date(2001, 6, 1))
    assert sorted(arc.entry.key for arc in picture.arcs) == sorted(one.key for one in entries)
    assert [arc.entry.due for arc in picture.arcs] == sorted(one.due for one in entries)
    for arc in picture.arcs:
        assert 0 <= arc.start < arc.end <= 1.012
        assert INNER - 0.01 <= arc.inner < arc.outer <= OUTER + 0.01
        assert all(INNER - 0.1 <= radius <= OUTER + 0.1 for radius in radii(arc.path))


@given(years())
def test_nothing_lies_on_anything_else(given_year) -> None:
    year, entries, leads = given_year
    lanes: dict[float, list[tuple[float, float]]] = {}
    for arc in draw(year, entries, leads, [], date(2001, 6, 1)).arcs:
        lanes.setdefault(round((arc.inner + arc.outer) / 2, 3), []).append(room_of(arc))
    for rooms in lanes.values():
        rooms.sort()
        for (_start, end), (start, _end) in itertools.pairwise(rooms):
            assert end <= start
    middles = sorted(lanes)
    picture = draw(year, entries, leads, [], date(2001, 6, 1))
    thickness = max((arc.outer - arc.inner for arc in picture.arcs), default=0)
    letters = max((arc.label.size for arc in picture.arcs if arc.label), default=0)
    for below, above in itertools.pairwise(middles):
        assert above - below >= max(thickness, letters) - 0.001


@given(years(20))
def test_words_are_the_title_or_its_beginning_and_short_enough(given_year) -> None:
    year, entries, leads = given_year
    for arc in draw(year, entries, leads, [], date(2001, 6, 1)).arcs:
        if arc.label is None:
            continue
        text, size = arc.label.text, arc.label.size
        assert text == arc.entry.title or text.endswith(ELLIPSIS)
        assert arc.entry.title.startswith(text.removesuffix(ELLIPSIS))
        assert width(text, size) <= MOST_WORDS[0] + 0.01
        assert 0 <= arc.label.turns[0] < arc.label.turns[1] <= 1


def test_few_entries_all_have_words_and_many_have_none() -> None:
    first = date(2026, 1, 1)
    few = [entry(number, first + timedelta(days=40 * number)) for number in range(9)]
    assert all(arc.label for arc in drawn(2026, few).arcs)
    many = [entry(number, first + timedelta(days=number % 365)) for number in range(1500)]
    picture = drawn(2026, many)
    assert len(picture.arcs) == 1500
    assert not any(arc.label for arc in picture.arcs)


def test_what_is_late_gets_words_before_what_is_planned() -> None:
    day = date(2026, 1, 31)
    crowd = [entry(n, day, "projected", "Noget langt der skal gøres igen") for n in range(1, 12)]
    picture = drawn(2026, [*crowd, entry(99, day, "overdue", "Noget der skulle være gjort")], 31)
    labels = {arc.entry.key: arc.label for arc in picture.arcs}
    assert labels["occurrence:99"] is not None


@pytest.mark.parametrize(
    ("year", "numbers"),
    [
        (2026, [*range(1, 54)]),  # from a Thursday to a Thursday: 53 weeks
        (2027, [53, *range(1, 53)]),
        (2020, [*range(1, 54)]),  # a leap year of 53 weeks
        (2024, [*range(1, 53), 1]),
        (2018, [*range(1, 53), 1]),
        (9999, [53, *range(1, 53)]),
        (1, [*range(1, 53), 1]),
    ],
)
def test_weeks_at_the_rim_are_numbered_as_the_standard_says(year: int, numbers: list[int]) -> None:
    weeks = drawn(year, []).weeks
    assert [week.number for week in weeks] == numbers
    assert sum(week.days for week in weeks) == (366 if isleap(year) else 365)
    assert all(week.is_numbered == (week.days >= 3) for week in weeks)


@given(YEARS)
def test_numbers_of_weeks_do_not_lie_on_each_other(year: int) -> None:
    shown = [week for week in drawn(year, []).weeks if week.is_numbered]
    around = zip(shown, [*shown[1:], shown[0]], strict=True)
    assert all(hypot(one.x - two.x, one.y - two.y) > 16 for one, two in around)
    assert all(hypot(week.x - CENTRE, week.y - CENTRE) < RIM for week in shown)


def test_months_are_as_long_as_they_are_in_a_leap_year_too() -> None:
    for year, february in ((2026, 28), (2028, 29)):
        months = drawn(year, []).months
        assert [month.first.month for month in months] == [*range(1, 13)]
        start, end = (date(year, 2, 1).timetuple().tm_yday - 1), None
        end = start + february
        days = 366 if isleap(year) else 365
        assert months[1].path == band(*MONTHS, start / days, end / days)


def test_the_hand_shows_today_and_only_in_its_year() -> None:
    noon = drawn(2026, [], today=date(2026, 7, 2))
    assert noon.hand_tip[0] == pytest.approx(CENTRE, abs=0.5)
    assert noon.hand_tip[1] > CENTRE
    assert noon.months[6].is_now
    assert sum(month.is_now for month in noon.months) == 1
    assert drawn(2027, [], today=date(2026, 7, 2)).hand == ""


def test_late_ones_are_counted_in_the_middle() -> None:
    states = ["overdue", "open", "overdue", "done", "skipped"]
    entries = [entry(n, date(2026, 3, n + 1), state) for n, state in enumerate(states)]
    assert drawn(2026, entries).late == 2


def test_meetings_stand_between_months_and_duties_by_day() -> None:
    days = [date(2026, 11, 2), date(2026, 1, 1), date(2026, 12, 31)]
    gatherings = [Gathering(day, "Møde", "/m/") for day in days]
    dots = draw(2026, [], {}, gatherings, date(2026, 1, 1)).dots
    assert [dot.gathering.day for dot in dots] == sorted(days)
    for dot in dots:
        radius = hypot(dot.x - CENTRE, dot.y - CENTRE)
        assert radius - 12.5 > OUTER
        assert radius + 12.5 < MONTHS[0]


def test_a_lead_time_of_a_year_is_still_an_arc() -> None:
    [arc] = drawn(2026, [entry(1, date(2026, 12, 31))], lead=365).arcs
    assert "A" in arc.path
    start, end = NUMBER.findall(arc.path)[:2], NUMBER.findall(arc.path)[4:6]
    assert start != end
    [first] = drawn(2026, [entry(1, date(2026, 1, 1))], lead=0).arcs
    assert first.end - first.start >= 3.9 / 365


def test_words_in_the_lower_half_run_backwards() -> None:
    assert not is_below(0.1)
    assert is_below(0.5)
    assert not is_below(0.9)
    assert rail(100, 0.4, 0.5, backwards=True).startswith("M500.0 600.0")
    assert point(100, 0.25) == pytest.approx((600, 500))
    assert turns(SIZE, 0) == 0


@given(WORDS, st.floats(20, 300))
def test_shortened_words_fit(text: str, most: float) -> None:
    found = shortened(text, 16, most)
    assert width(found, 16) <= most or found == ELLIPSIS
    assert found == text or found.endswith(ELLIPSIS)
    if found != text:  # the longest beginning that fits, without what ends a part of a sentence
        fits = (n for n in range(len(text), 0, -1) if width(text[:n] + ELLIPSIS, 16) <= most)
        assert found == text[: next(fits, 0)].rstrip(" ,.:;-–") + ELLIPSIS


@given(years())
def test_no_more_lanes_are_used_than_run_at_once(given_year) -> None:
    year, entries, _leads = given_year
    stretches = list(drawn(year, entries).arcs)
    lanes = numbers_of(stretches)  # an arc has the start and end of a stretch
    for moment in (arc.start for arc in stretches):
        running = [
            lane
            for lane, arc in zip(lanes, stretches, strict=True)
            if arc.start <= moment < arc.end
        ]
        assert len(running) == len(set(running))


def test_every_state_has_a_look_of_its_own_and_the_legend_counts() -> None:
    assert set(PAINTS) == set(STATES)
    assert len(set(PAINTS.values())) == len(STATES)
    entries = [entry(n, date(2026, 3, n + 1), s) for n, s in enumerate(["done", "open", "done"])]
    assert [(state, number) for state, _paint, number in legend(entries)] == [
        ("open", 1),
        ("done", 2),
    ]
    assert legend([]) == []
    assert isinstance(drawn(2026, entries), WheelPicture)
