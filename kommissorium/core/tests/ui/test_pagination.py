from __future__ import annotations

import pytest

from kommissorium.core.models import Event
from kommissorium.core.ui.navigation import paged, sorted_by

ALLOWED = {"when": "at", "who": "actor"}


@pytest.fixture
def events():
    return Event.objects.all()


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("?page=2", 2), ("?page=99", 3), ("?page=0", 3), ("?page=-1", 3), ("?page=x", 1)],
)
def test_a_page_that_is_not_there_gives_the_nearest_sensible_one(get, asked, number):
    assert paged(list(range(25)), get(f"/{asked}"), per_page=10).number == number


def test_an_empty_list_has_one_empty_page(get):
    page = paged([], get("/?page=7"))
    assert (page.number, list(page)) == (1, [])


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", ("-at", "pk")),
        ("?sort=who", ("actor", "pk")),
        ("?sort=-who", ("-actor", "pk")),
        ("?sort=password", ("-at", "pk")),
        ("?sort=--who", ("-at", "pk")),
        ("?sort=actor__password", ("-at", "pk")),
    ],
)
def test_only_the_columns_allowed_can_be_sorted_by(get, events, asked, order):
    assert sorted_by(events, get(f"/{asked}"), ALLOWED, "-when").query.order_by == order
