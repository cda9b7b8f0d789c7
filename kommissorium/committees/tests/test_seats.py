from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.seats import take_seat
from kommissorium.committees.models import Holding, Seat
from kommissorium.conftest import LATE


def address(cast, name, seat=None):
    return reverse(name, args=[cast.committee.pk, *([seat.pk] if seat else [])])


@pytest.fixture
def seat(cast):
    return cast.committee.seats.get(role="chair")


@pytest.mark.parametrize("name", ["seat_add", "seat_edit", "seat_end", "seat_take"])
def test_who_may_change_seats(client_of, cast, seat, name):
    url = address(cast, name, None if name == "seat_add" else seat)
    before = list(Seat.objects.values()), list(Holding.objects.values())
    for who, status in [("employee", 404), ("member", 403), ("dpo", 403), ("executive", 403)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url, {"role": "member"}).status_code == status, who
    assert (list(Seat.objects.values()), list(Holding.objects.values())) == before
    for who in ("coordinator", "chair", "deputy"):
        assert client_of(who).get(url).status_code == 200, who


def test_a_seat_is_added_last(client_of, cast):
    values = {"role": "member", "function": "Head of schools", "from_date": "2026-01-05"}
    answer = client_of("coordinator").post(address(cast, "seat_add"), values)
    assert answer.status_code == 302
    added = cast.committee.seats.last()
    assert (added.function, added.from_date) == ("Head of schools", date(2026, 1, 5))


def test_there_is_one_chair(client_of, cast):
    values = {"role": "chair", "function": "Director", "from_date": "2026-01-05"}
    answer = client_of("coordinator").post(address(cast, "seat_add"), values)
    assert answer.status_code == 400
    assert "End the old one first" in answer.context["form"].errors["role"][0]


def test_a_second_chair_is_refused_even_before_the_first_began(client_of, cast):
    values = {"role": "chair", "function": "Director", "from_date": "2001-01-05"}
    answer = client_of("coordinator").post(address(cast, "seat_add"), values)
    assert answer.status_code == 400


def test_a_date_that_is_none_is_refused(client_of, cast):
    values = {"role": "member", "function": "Lawyer", "from_date": "soon"}
    answer = client_of("coordinator").post(address(cast, "seat_add"), values)
    assert answer.status_code == 400
    assert answer.context["form"].errors["from_date"]


def test_the_function_is_corrected_and_the_holder_stays(client_of, cast, seat):
    url = address(cast, "seat_edit", seat)
    assert seat.function in client_of("coordinator").get(url).text
    assert client_of("coordinator").post(url, {"function": "Director"}).status_code == 302
    assert Seat.objects.get(pk=seat.pk).function == "Director"
    assert seat.holdings.get().to_date is None


def test_a_seat_of_another_committee_is_not_found(client_of, cast, other, seat):
    url = reverse("seat_edit", args=[other.pk, seat.pk])
    assert client_of("coordinator").post(url, {"function": "Mine"}).status_code == 404


def test_a_seat_ends_and_with_it_whoever_holds_it(client_of, cast, seat):
    today = timezone.localdate()
    answer = client_of("coordinator").post(address(cast, "seat_end", seat), {"to_date": str(today)})
    assert answer.status_code == 302
    assert Seat.objects.get(pk=seat.pk).to_date == today
    assert seat.holdings.get().to_date == today


def test_a_seat_does_not_end_before_it_began(client_of, cast, seat):
    answer = client_of("coordinator").post(
        address(cast, "seat_end", seat), {"to_date": "2001-01-01"}
    )
    assert answer.status_code == 400
    assert "before the first" in answer.context["form"].errors["to_date"][0]


def test_a_seat_does_not_end_before_somebody_takes_it(client_of, cast, seat):
    soon = timezone.localdate() + timedelta(days=30)
    take_seat(seat, by=None, person=cast.executive, from_date=soon)
    values = {"to_date": str(timezone.localdate())}
    answer = client_of("coordinator").post(address(cast, "seat_end", seat), values)
    assert answer.status_code == 400
    assert "Choose a later one" in answer.context["form"].errors["to_date"][0]


def test_an_ended_seat_is_not_made_longer(client_of, cast, seat):
    today = timezone.localdate()
    url = address(cast, "seat_end", seat)
    client_of("coordinator").post(url, {"to_date": str(today)})
    later = client_of("coordinator").post(url, {"to_date": str(today + timedelta(days=9))})
    assert later.status_code == 400
    assert "ended already" in later.context["form"].errors["to_date"][0]


def test_whoever_chairs_loses_the_right_with_the_seat(client_of, cast, seat):
    yesterday = timezone.localdate() - timedelta(days=1)
    url = address(cast, "seat_end", seat)
    assert (
        client_of("chair").post(url, {"to_date": str(yesterday), "because": LATE}).status_code
        == 302
    )
    assert client_of("chair").get(url).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "1066-10-14", "9999-12-31"])
def test_a_slip_of_the_year_is_refused(client_of, cast, seat, day):
    client = client_of("coordinator")
    values = {"role": "member", "function": "Lawyer", "from_date": day}
    added = client.post(address(cast, "seat_add"), values)
    taken = client.post(
        address(cast, "seat_take", seat),
        {"person": cast.executive.pk, "capacity": "holder", "from_date": day},
    )
    assert (added.status_code, taken.status_code) == (400, 400)
    assert "1900" in added.context["form"].errors["from_date"][0]
