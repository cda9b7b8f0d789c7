"""Nobody can tell what one of fewer than five did: not from a row, and not by subtraction."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.awareness.models import GroupFigures
from kommissorium.awareness.models.activities import LEAST, published
from kommissorium.awareness.tests.cases import approved, figures


def rows(*people: int) -> list[GroupFigures]:
    return [GroupFigures(people=many, done=many // 2) for many in people]


def test_a_small_group_hides_the_smallest_of_the_others_with_it():
    found = published(rows(40, 3, 12, 90))
    assert [one.people for one in found.rows] == [40, 90]
    assert found.hidden == 2
    assert found.total and found.total["people"] == 145


def test_two_small_groups_hide_each_other_where_they_are_five_together():
    found = published(rows(40, 3, 2))
    assert [one.people for one in found.rows] == [40]
    assert [one.people for one in published(rows(40, 2, 2, 30)).rows] == [40]


def test_of_fewer_than_five_in_all_nothing_is_told():
    found = published(rows(3))
    assert (found.rows, found.hidden, found.total) == ([], 1, None)
    assert published([]).total is None


@given(st.lists(st.integers(1, 30), max_size=12))
def test_what_is_left_of_the_whole_never_tells_of_fewer_than_five(people):
    given_rows = rows(*people)
    found = published(given_rows)
    assert all(one.people >= LEAST for one in found.rows)
    left = sum(people) - sum(one.people for one in found.rows)
    assert left == 0 or found.total is None or left >= LEAST
    if found.hidden and found.total is not None:
        assert found.hidden != 1


@pytest.mark.django_db
def test_the_list_says_where_there_are_too_few_to_be_shown(cast, client_of):
    found = approved(cast).activities.order_by("pk").first()
    shown = client_of("coordinator").get(reverse("awareness")).content.decode()
    assert "For få til at blive vist" not in shown
    figures(cast, found, people=3, done=1)
    shown = client_of("coordinator").get(reverse("awareness")).content.decode()
    assert "For få til at blive vist" in shown
