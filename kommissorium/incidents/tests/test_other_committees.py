"""The evaluation of an incident is read by the committee it was laid before, not by others."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import add_seat, take_seat
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.tests.cases import evaluation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]


def test_members_of_another_committee_do_not_read_it(cast, client_of):
    made = evaluation(cast)
    KIND.propose(made, cast.committee, by=cast.coordinator)
    other = found_committee(name="Et andet udvalg", by=cast.coordinator)
    today = timezone.localdate()
    seat = add_seat(other, by=cast.coordinator, role="member", function="Leder", from_date=today)
    take_seat(seat, by=None, person=cast.head_of_it, from_date=today)
    take_seat(
        add_seat(other, by=cast.coordinator, role="adviser", function="Råd", from_date=today),
        by=None,
        person=cast.system_owner,
        from_date=today,
    )
    made.refresh_from_db()
    for who in ("coordinator", "chair", "member", "dpo", "auditor", "executive", "head_of_it"):
        person = Person.objects.get(pk=cast.who(who).pk)
        assert KIND.visible_to(person).filter(pk=made.pk).exists(), who
    stranger = Person.objects.get(pk=cast.system_owner.pk)
    assert not KIND.visible_to(stranger).filter(pk=made.pk).exists()
    stranger.set_password("x")
    stranger.save()
    assert client_of(stranger).get(made.get_absolute_url()).status_code == 404
