from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.seats import leave_seat
from kommissorium.committees.models import Holding
from kommissorium.conftest import LATE
from kommissorium.core.evidence.models import Event


@pytest.fixture
def holding(cast):
    return Holding.objects.select_related("seat").get(person=cast.member)


def address(holding, name="seat_leave"):
    return reverse(name, args=[holding.seat.committee_id, holding.seat_id, holding.pk])


@pytest.mark.parametrize("name", ["seat_leave", "seat_undo"])
def test_who_may_say_that_somebody_left(client_of, holding, name):
    url = address(holding, name)
    for who, status in [("employee", 404), ("member", 403), ("auditor", 403)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url, {"to_date": "2026-01-01"}).status_code == status, who
    assert Holding.objects.get(pk=holding.pk).to_date is None
    assert client_of("chair").get(url).status_code == 200


def test_a_person_leaves_and_the_seat_is_vacant_from_the_day_after(client_of, cast, holding):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    answer = client_of("coordinator").post(
        address(holding), {"to_date": str(yesterday), "because": LATE}
    )
    assert answer.status_code == 302
    page = client_of("coordinator").get(cast.committee.get_absolute_url())
    row = next(row for row in page.context["seats"] if row.seat == holding.seat)
    assert row.is_vacant
    assert client_of("member").get(cast.committee.get_absolute_url()).status_code == 404


def test_nobody_leaves_before_coming(client_of, holding):
    answer = client_of("coordinator").post(address(holding), {"to_date": "2001-01-01"})
    assert answer.status_code == 400
    assert "before the first" in answer.context["form"].errors["to_date"][0]


def test_nobody_leaves_twice(client_of, cast, holding):
    today = timezone.localdate()
    leave_seat(holding, by=cast.coordinator, to_date=today)
    later = {"to_date": str(today + timedelta(days=1))}
    answer = client_of("coordinator").post(address(holding), later)
    assert answer.status_code == 400
    assert "already" in answer.context["form"].errors["to_date"][0]


def test_a_holding_is_found_through_its_own_seat_alone(client_of, cast, holding):
    chair = cast.committee.seats.get(role="chair")
    url = reverse("seat_leave", args=[cast.committee.pk, chair.pk, holding.pk])
    assert client_of("coordinator").get(url).status_code == 404


def test_a_mistake_is_taken_back_and_the_chain_remembers_it(client_of, cast, holding):
    url = address(holding, "seat_undo")
    page = client_of("coordinator").get(url)
    assert cast.member.name in page.text
    assert Holding.objects.filter(pk=holding.pk).exists()
    assert client_of("coordinator").post(url).status_code == 302
    assert not Holding.objects.filter(pk=holding.pk).exists()
    event = Event.objects.first()
    assert event.act == "committees.holding_undone"
    assert str(cast.member.pseudonym) in event.facts
    assert cast.member.name not in event.facts
