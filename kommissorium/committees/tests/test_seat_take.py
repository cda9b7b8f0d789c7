from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import add_seat, end_seat
from kommissorium.committees.models import Holding

TODAY = timezone.localdate


@pytest.fixture
def seat(cast):
    """A vacant seat."""
    return add_seat(
        cast.committee,
        by=cast.coordinator,
        role="member",
        function="Head of citizen services",
        from_date=cast.since,
    )


@pytest.fixture
def url(seat):
    return reverse("seat_take", args=[seat.committee_id, seat.pk])


def values(**more):
    return {"capacity": "holder", "from_date": str(TODAY()), **more}


def test_somebody_on_the_list_takes_the_seat(client_of, cast, seat, url):
    answer = client_of("coordinator").post(url, values(person=cast.system_owner.pk))
    assert answer.status_code == 302
    holding = seat.holdings.get()
    assert (holding.person, holding.capacity, holding.to_date) == (
        cast.system_owner,
        "holder",
        None,
    )


def test_somebody_new_is_added_in_the_same_go(client_of, seat, url):
    answer = client_of("coordinator").post(
        url, values(new_name="Åse Nygård", new_email="aase@tryllerup.example")
    )
    assert answer.status_code == 302
    person = seat.holdings.get().person
    assert (person.name, person.email, person.has_login) == (
        "Åse Nygård",
        "aase@tryllerup.example",
        False,
    )


def test_the_present_holder_leaves_the_day_before(client_of, cast):
    taken = cast.member.holdings.get().seat
    url = reverse("seat_take", args=[cast.committee.pk, taken.pk])
    assert cast.member.name in client_of("coordinator").get(url).text
    assert client_of("coordinator").post(url, values(person=cast.executive.pk)).status_code == 302
    old = taken.holdings.get(person=cast.member)
    assert old.to_date == TODAY() - timedelta(days=1)


def test_a_deputy_is_chosen(client_of, cast, seat, url):
    page = client_of("coordinator").get(f"{url}?capacity=deputy")
    assert page.context["form"]["capacity"].value() == "deputy"
    answer = client_of("coordinator").post(
        f"{url}?capacity=deputy", values(person=cast.system_owner.pk, capacity="deputy")
    )
    assert answer.status_code == 302
    assert seat.holdings.get().capacity == "deputy"


def test_nobody_gets_a_second_seat(client_of, cast, seat, url):
    answer = client_of("coordinator").post(url, values(person=cast.member.pk))
    assert answer.status_code == 400
    (error,) = answer.context["form"].errors["person"]
    assert cast.member.name in error
    assert "Choose somebody else" in error
    assert not seat.holdings.exists()


def test_nobody_gets_a_seat_that_overlaps_a_coming_one(client_of, cast, seat, url):
    other = add_seat(
        cast.committee, by=cast.coordinator, role="member", function="Lawyer", from_date=cast.since
    )
    soon = str(TODAY() + timedelta(days=50))
    coming = reverse("seat_take", args=[cast.committee.pk, other.pk])
    coordinator = client_of("coordinator")
    assert (
        coordinator.post(coming, values(person=cast.executive.pk, from_date=soon)).status_code
        == 302
    )
    answer = coordinator.post(url, values(person=cast.executive.pk))
    assert answer.status_code == 400
    assert not seat.holdings.exists()


def test_nobody_is_their_own_deputy(client_of, cast):
    chair = cast.committee.seats.get(role="chair")
    url = reverse("seat_take", args=[cast.committee.pk, chair.pk])
    answer = client_of("coordinator").post(
        f"{url}?capacity=deputy", values(person=cast.chair.pk, capacity="deputy")
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["person"]


def test_a_seat_is_not_given_twice_for_the_same_time(client_of, cast, seat, url):
    coordinator = client_of("coordinator")
    coordinator.post(url, values(person=cast.executive.pk))
    earlier = str(TODAY() - timedelta(days=9))
    answer = coordinator.post(url, values(person=cast.system_owner.pk, from_date=earlier))
    assert answer.status_code == 400
    assert "Choose a later date" in answer.context["form"].errors["from_date"][0]


def test_a_seat_cannot_be_held_before_it_exists(client_of, cast, url):
    answer = client_of("coordinator").post(
        url, values(person=cast.executive.pk, from_date="2001-01-01")
    )
    assert answer.status_code == 400
    assert "does not exist" in answer.context["form"].errors["from_date"][0]


def test_a_seat_with_an_end_is_held_until_then(client_of, cast, seat, url):
    last = TODAY() + timedelta(days=90)
    end_seat(seat, by=cast.coordinator, to_date=last)
    client_of("coordinator").post(url, values(person=cast.executive.pk))
    assert seat.holdings.get().to_date == last


def test_nobody_at_all_is_refused(client_of, url):
    answer = client_of("coordinator").post(url, values())
    assert answer.status_code == 400
    assert "Choose a person, or write a name below." in answer.context["form"].errors["person"]


def test_a_person_and_a_new_name_are_one_too_many(client_of, cast, url):
    answer = client_of("coordinator").post(url, values(person=cast.executive.pk, new_name="Åse"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["new_name"]


def test_an_email_needs_a_name(client_of, url):
    answer = client_of("coordinator").post(url, values(new_email="x@tryllerup.example"))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["new_name"]


def test_a_name_that_is_on_the_list_is_not_added_twice(client_of, cast, url):
    answer = client_of("coordinator").post(url, values(new_name=cast.executive.name))
    assert answer.status_code == 400
    assert cast.executive.name in answer.context["form"].errors["new_name"][0]


def test_a_new_person_whose_seat_is_refused_is_not_added(client_of, url):
    people = Person.objects.count()
    answer = client_of("coordinator").post(url, values(new_name="Åse", from_date="2001-01-01"))
    assert answer.status_code == 400
    assert Person.objects.count() == people


def test_an_email_that_is_anothers_is_refused_beside_the_field(client_of, cast, url):
    answer = client_of("coordinator").post(
        url, values(new_name="Åse", new_email=cast.executive.email.upper())
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["new_email"]
    assert "Åse" in answer.text


def test_a_person_whose_login_is_closed_is_not_on_the_list(client_of, cast, seat, url):
    close_login(cast.system_owner, by=cast.coordinator)
    page = client_of("coordinator").get(url)
    assert cast.system_owner not in page.context["form"].fields["person"].queryset
    assert (
        client_of("coordinator").post(url, values(person=cast.system_owner.pk)).status_code == 400
    )
    assert not seat.holdings.exists()


def test_a_chair_chooses_people_but_adds_none(client_of, cast, seat, url):
    page = client_of("chair").get(url)
    assert "new_name" not in page.context["form"].fields
    people = Person.objects.count()
    assert client_of("chair").post(url, values(new_name="Åse")).status_code == 400
    assert Person.objects.count() == people
    assert client_of("chair").post(url, values(person=cast.system_owner.pk)).status_code == 302


def test_nonsense_is_refused(client_of, cast, url):
    for more in ({"capacity": "owner"}, {"person": "x"}, {"from_date": ""}, {"person": 999_999}):
        answer = client_of("coordinator").post(url, values(**{"person": cast.executive.pk, **more}))
        assert answer.status_code == 400, more
    assert not Holding.objects.filter(person=cast.executive).exists()
