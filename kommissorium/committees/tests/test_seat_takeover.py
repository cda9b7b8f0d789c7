"""Nobody takes a leading seat, or a seat for themselves, without a second person's yes."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Municipality
from kommissorium.committees.actions.seat_nominations import (
    accept_seat_nomination,
    nominate_for_seat,
)
from kommissorium.committees.actions.seats import take_seat
from kommissorium.committees.models import Holding
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.conftest import seat_with_yes
from kommissorium.core.evidence.models import Event


@pytest.mark.parametrize("capacity", ["holder", "deputy"])
@pytest.mark.parametrize("role", ["chair", "deputy_chair"])
def test_nobody_takes_the_chairs_seat_alone(cast, client_of, role, capacity):
    seat = cast.committee.seats.get(role=role)
    browser = client_of("coordinator")
    path = reverse("seat_take", args=[cast.committee.pk, seat.pk])
    values = {
        "person": cast.employee.pk,
        "capacity": capacity,
        "from_date": timezone.localdate().isoformat(),
    }
    assert browser.post(path, values).status_code == 302
    assert not cast.employee.holdings.exists()
    row = SeatNomination.objects.get()
    answer = reverse("seat_nomination", args=[row.pk])
    assert browser.post(answer, {"answer": "yes"}).status_code == 403
    assert client_of("employee").post(answer, {"answer": "yes"}).status_code == 403
    assert client_of("member").get(answer).status_code == 404
    assert not cast.employee.holdings.exists()
    assert client_of("administrator").post(answer, {"answer": "yes"}).status_code == 302
    assert cast.employee.holdings.get().capacity == capacity


def test_nobody_seats_himself(cast, client_of):
    Holding.objects.filter(person=cast.coordinator).delete()
    seat = cast.committee.seats.get(role="secretary")
    values = {
        "person": cast.coordinator.pk,
        "from_date": timezone.localdate(),
        "capacity": "holder",
    }
    path = reverse("seat_take", args=[cast.committee.pk, seat.pk])
    assert client_of("coordinator").post(path, values).status_code == 302
    assert not cast.coordinator.holdings.exists()
    accept_seat_nomination(SeatNomination.objects.get(), by=cast.chair)
    assert cast.coordinator.holdings.exists()


@pytest.mark.parametrize("capacity", ["holder", "deputy"])
def test_a_secretary_whom_one_chose_alone_says_no_second_yes(cast, client_of, capacity):
    today, asker = timezone.localdate(), cast.coordinator
    Holding.objects.filter(person__in=[cast.coordinator, cast.employee]).delete()
    seat = cast.committee.seats.get(role="secretary")
    take_seat(seat, by=asker, person=cast.employee, from_date=today, capacity=capacity)
    chair = cast.committee.seats.get(role="chair")
    row = nominate_for_seat(chair, by=asker, person=cast.system_owner, from_date=today)
    answer = reverse("seat_nomination", args=[row.pk])
    assert client_of("employee").post(answer, {"answer": "yes"}).status_code == 404
    with pytest.raises(PermissionDenied):
        accept_seat_nomination(row, by=cast.employee)
    assert not cast.system_owner.holdings.exists()
    assert client_of("deputy").post(answer, {"answer": "yes"}).status_code == 302
    assert cast.system_owner.holdings.get().seat == chair


def test_seats_ask_who_is_there(cast):
    unproven = Client()
    unproven.force_login(cast.coordinator)
    holding = cast.member.holdings.get()
    keys = [cast.committee.pk, holding.seat_id]
    for name in ("seat_take", "seat_end", "seat_leave", "seat_undo"):
        args = keys if name in {"seat_take", "seat_end"} else [*keys, holding.pk]
        answer = unproven.post(reverse(name, args=args))
        assert answer.url.startswith("/account/confirmation/?next="), name


def test_setting_up_is_the_exception_and_the_event_says_so(cast):
    today = timezone.localdate()
    seat = cast.committee.seats.get(role="chair")
    seat_with_yes(
        seat, person=cast.executive, by=cast.coordinator, yes=cast.administrator, on=today
    )
    assert "asked_by" in Event.objects.filter(act="committees.seat_taken")[0].facts
    Municipality.objects.update(setup_finished_at=None)
    deputy = cast.committee.seats.get(role="deputy_chair")
    take_seat(deputy, by=cast.coordinator, person=cast.auditor, from_date=today)
    assert '"in_setup":true' in Event.objects.filter(act="committees.seat_taken")[0].facts
