"""While a municipality is being set up, what is told of access is one mail a person and day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import (
    add_person,
    close_login,
    give_role,
    invite,
    renew_waiting_invitations,
)
from kommissorium.accounts.actions.notices import FIRST_CALL, GATHERED, is_quiet
from kommissorium.accounts.models import Municipality, Person
from kommissorium.conftest import time_is
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import send_due
from kommissorium.core.mail.models import OutboxMail

ACCESS, SET_UP, INVITATION = (
    "accounts.access_changed",
    "accounts.access_set_up",
    "accounts.invitation",
)


@pytest.fixture
def setting_up(cast):
    """A morning on which the assistant is not gone through."""
    OutboxMail.objects.all().delete()
    Municipality.objects.update(setup_finished_at=None)
    morning = timezone.localtime().replace(hour=9, minute=0)
    with time_is(morning):
        yield morning


def hire(cast, number: int) -> Person:
    email = f"ny{number}@tryllerup.example"
    return add_person(by=cast.coordinator, name=f"Ny nr. {number}", email=email)


def mails(person: Person, **of: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(recipient=person.email, **of).order_by("pk"))


def test_each_gets_one_mail_of_all_roles_and_invitations_of_the_day(cast, setting_up):
    people = [hire(cast, number) for number in range(3)]
    for person in people:
        give_role(person, "auditor", by=cast.coordinator, from_date=timezone.localdate())
        invite(person, by=cast.coordinator)
    (mail,) = mails(cast.administrator)
    assert mail.kind == SET_UP and mail.due > setting_up
    assert all(person.name in mail.body for person in people)
    assert mail.body.count("– ") == 6, "nothing is lost"
    for person in people:
        (own,) = mails(person)
        assert own.kind == INVITATION and "Hvad der blev gjort" in own.body


def test_an_invitation_that_waits_takes_what_follows_and_keeps_it(cast, setting_up):
    person = hire(cast, 1)
    invite(person, by=cast.coordinator)
    give_role(person, "auditor", by=cast.coordinator, from_date=timezone.localdate())
    renew_waiting_invitations()
    (mail,) = mails(person)
    assert "Revisor" in mail.body
    invite(person, by=cast.coordinator)
    (again,) = mails(person)
    assert "Revisor" in again.body and again.pk != mail.pk


def test_what_follows_an_invitation_that_has_left_comes_the_next_day(cast, setting_up):
    person = hire(cast, 1)
    invite(person, by=cast.coordinator)
    send_due()
    give_role(person, "auditor", by=cast.coordinator, from_date=timezone.localdate())
    _invitation, later = mails(person)
    assert timezone.localtime(later.due).date() == setting_up.date() + timedelta(days=1)
    assert timezone.localtime(later.due).time() == GATHERED


def test_what_could_take_a_login_over_is_told_at_once(cast, setting_up):
    close_login(cast.member, by=cast.coordinator)
    (mail,) = mails(cast.administrator)
    assert mail.kind == ACCESS and mail.due <= timezone.now()


def test_after_the_first_call_and_in_the_end_without_one_each_change_is_told(cast, setting_up):
    assert is_quiet()
    Municipality.objects.update(setup_finished_at=setting_up - timedelta(days=59))
    assert is_quiet()
    Municipality.objects.update(setup_finished_at=setting_up - timedelta(days=61))
    assert not is_quiet()
    Municipality.objects.update(setup_finished_at=None)
    record(FIRST_CALL, cast.municipality, by=cast.coordinator)
    assert not is_quiet()
    give_role(hire(cast, 1), "auditor", by=cast.coordinator, from_date=timezone.localdate())
    assert [mail.kind for mail in mails(cast.administrator)] == [ACCESS]
