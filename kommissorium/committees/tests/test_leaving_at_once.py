"""A seat is left, or ends, at a moment: rights and sessions end with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import end_seat, leave_seat, take_seat, undo_holding
from kommissorium.committees.models import Committee, Holding
from kommissorium.conftest import prove
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

pytestmark = pytest.mark.django_db


def held(cast, person):
    return Holding.objects.select_related("seat__committee", "person").get(
        person=person, seat__committee=cast.committee, ended_at=None
    )


def sees(person):
    person.sits_today = None
    return Committee.objects.visible_to(person).exists()


def leave(holding, cast):
    leave_seat(holding, by=cast.coordinator, to_date=timezone.localdate(), at_once=True)


def end(holding, cast):
    end_seat(holding.seat, by=cast.coordinator, to_date=timezone.localdate(), at_once=True)


def undo(holding, cast):
    undo_holding(holding, by=cast.coordinator)


@pytest.mark.parametrize("deed", [leave, end, undo])
def test_rights_and_sessions_end_at_that_moment(cast, client_of, deed):
    browser = client_of("member")
    assert browser.get(cast.committee.get_absolute_url()).status_code == 200
    deed(held(cast, cast.member), cast)
    assert not sees(cast.member)
    assert browser.get(cast.committee.get_absolute_url()).status_code == 302
    anew = Person.objects.get(pk=cast.member.pk)
    assert client_of(anew).get(cast.committee.get_absolute_url()).status_code == 404


def test_a_seat_taken_today_is_left_today_and_taken_by_another(cast):
    before = held(cast, cast.member)
    leave(before, cast)
    today = timezone.localdate()
    wrong = take_seat(before.seat, by=cast.coordinator, person=cast.employee, from_date=today)
    assert sees(cast.employee)
    leave(wrong, cast)
    assert not sees(cast.employee)
    take_seat(before.seat, by=cast.coordinator, person=cast.system_owner, from_date=today)
    assert sees(cast.system_owner)
    wrong.refresh_from_db()
    assert wrong.to_date == today - timedelta(days=1) and wrong.ended_at
    with pytest.raises(Refused):
        leave(wrong, cast)


def test_the_page_offers_it_and_the_history_says_when(cast, client_of):
    holding = held(cast, cast.member)
    path = reverse("seat_leave", args=[cast.committee.pk, holding.seat_id, holding.pk])
    browser = prove(client_of("coordinator"))
    assert 'name="at_once"' in browser.get(path).text
    typed = {"to_date": timezone.localdate().isoformat(), "at_once": "on"}
    assert browser.post(path, typed).status_code == 302
    assert not sees(cast.member)
    shown = browser.get(reverse("seat_history", args=[cast.committee.pk])).text
    holding.refresh_from_db()
    assert holding.ended_at
    assert timezone.localtime(holding.ended_at).strftime("%M") in shown
    [event] = Event.objects.filter(act="committees.seat_left")
    assert '"at":' in event.facts
