"""What ended at once is told by the chain as by the rows: its last whole day is the one before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import end_role, give_role
from kommissorium.committees.actions.seats import leave_seat, take_seat
from kommissorium.committees.models import Holding
from kommissorium.compliance.history_queries import history_of

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.mark.parametrize("began_today", [True, False])
def test_a_role_and_a_seat_that_ended_at_once(cast, began_today):
    today = timezone.localdate()
    give_role(cast.chair, "executive", by=None, from_date=today)
    role = cast.executive.roles.get()
    held = Holding.objects.get(person=cast.member)
    person = cast.member
    if began_today:
        role = give_role(cast.employee, "executive", by=None, from_date=today)
        leave_seat(held, by=cast.coordinator, to_date=today - A_DAY, because="Før")
        held = take_seat(held.seat, by=None, person=cast.system_owner, from_date=today)
        person = cast.system_owner
    end_role(role, by=cast.coordinator, to_date=today, at_once=True)
    leave_seat(held, by=cast.coordinator, to_date=today, at_once=True)
    told = history_of(cast.committee)
    board = [one for one in told.roles["executive"] if one.person == str(role.person.pseudonym)]
    [seat] = [one for one in told.seats if one.key == held.seat_id]
    mine = [one for one in seat.holders if one.person == str(person.pseudonym)]
    for term in (*board, *mine):
        assert not term.holds_on(today)
        assert term.holds_on(today - A_DAY) is not began_today
