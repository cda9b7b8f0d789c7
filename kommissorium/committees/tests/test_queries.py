"""The number of a page's queries must not grow with what it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import add_person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.actions.seats import add_seat, take_seat
from kommissorium.committees.reader import read_text
from kommissorium.committees.tests.conftest import long_text
from kommissorium.conftest import LATE, CastAnd, find_cast

pytestmark = pytest.mark.once  # it counts questions: see the root's conftest.py
MOST_QUERIES = 12  # those of signing in and of the frame included
OF_SCOPES = 2  # all approved mandates and their events: which registers each of them covers


@pytest.fixture(scope="module")
def many_seats(cast_and: CastAnd) -> None:
    """The crowd, the same for all tests here."""
    cast_and(_gather)


@pytest.fixture
def crowd(many_seats, cast):
    """Thirty seats with holders and deputies, some of them past, and fifteen committees."""
    return cast


def _gather() -> None:
    cast, today = find_cast(), timezone.localdate()
    for count in range(30):
        seat = add_seat(
            cast.committee,
            by=cast.coordinator,
            role="member",
            function=f"Office {count}",
            from_date=cast.since,
        )
        for turn, capacity in enumerate(("holder", "holder", "deputy")):
            person = add_person(by=cast.coordinator, name=f"Person {count} {turn}")
            day = today - timedelta(days=100 - 10 * turn)
            take_seat(
                seat,
                by=cast.coordinator,
                person=person,
                from_date=day,
                capacity=capacity,
                because=LATE,
            )
    for count in range(15):
        found_committee(name=f"Committee {count}", by=cast.coordinator)


@pytest.fixture
def long_mandate(crowd):
    """Version 2 in force, with 200 tasks."""
    text = long_text(200)
    draft = draft_mandate(crowd.committee, read_text(text), by=crowd.coordinator, source_text=text)
    assert draft.clauses.count() == 200
    return draft


@pytest.mark.parametrize(
    "name",
    [
        "committees",
        "committee_add",
        "committee",
        "committee_habits",
        "committee_history",
        "seat_history",
        "seat_export",
        "seat_add",
        "mandates",
    ],
)
def test_pages_of_a_committee(client_of, crowd, name):
    args = [] if name in {"committees", "committee_add"} else [crowd.committee.pk]
    count_queries(client_of("coordinator"), reverse(name, args=args))


def test_the_seats_of_a_date(client_of, crowd):
    url = reverse("seat_history", args=[crowd.committee.pk])
    count_queries(client_of("coordinator"), f"{url}?on={timezone.localdate()}")


def test_the_form_for_a_seat(client_of, crowd):
    seat = crowd.committee.seats.last()
    count_queries(
        client_of("coordinator"), reverse("seat_take", args=[crowd.committee.pk, seat.pk])
    )


@pytest.mark.parametrize("name", ["mandate", "mandate_edit", "mandate_changes", "mandate_approval"])
def test_pages_of_a_draft_with_200_clauses(client_of, long_mandate, name):
    who = "chair" if name == "mandate_approval" else "coordinator"
    more = OF_SCOPES if name == "mandate_approval" else 0
    count_queries(client_of(who), reverse(name, args=[long_mandate.pk]), MOST_QUERIES + more)


@pytest.mark.parametrize("name", ["mandate", "mandate_export", "mandate_changes"])
def test_pages_of_an_approved_mandate_with_200_clauses(client_of, crowd, long_mandate, name):
    today = timezone.localdate()
    approve_mandate(long_mandate, by=crowd.chair, adopted_by="Us", effective_from=today)
    for who in ("coordinator", "employee"):
        count_queries(client_of(who), reverse(name, args=[long_mandate.pk]))


def test_a_draft_of_200_clauses_can_be_saved(client_of, long_mandate):
    client = client_of("coordinator")
    url = reverse("mandate_edit", args=[long_mandate.pk])
    form = client.get(url).context["form"]
    values = {"title": "Long", "edit_version": "1", "clauses-TOTAL_FORMS": "200"}
    for row in form.clauses.forms:
        for name in row.fields:
            value = row[name].value()
            values[row.add_prefix(name)] = "" if value is None else str(value)
    answer = client.post(url, values)
    assert answer.status_code == 302
    assert long_mandate.clauses.count() == 200


def count_queries(client, url, most=MOST_QUERIES):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    asked = [
        query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    assert len(asked) <= most, "\n".join(asked)
