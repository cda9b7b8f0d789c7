"""Invite, close, reopen, and a lost second step."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from kommissorium.accounts.actions import add_person, close_login, reset_second_step
from kommissorium.accounts.models import Invitation, Person
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused


@pytest.mark.parametrize("who", ["employee", "chair", "auditor", "executive"])
@pytest.mark.parametrize("page", ["invitation", "closure", "reopening", "second-step-reset"])
def test_others_find_none_of_it(cast, client_of, who, page):
    path = f"/people/{cast.member.pk}/{page}/"
    assert client_of(who).post(path).status_code == 404
    assert Person.objects.get(pk=cast.member.pk).is_active
    assert OutboxMail.objects.count() == 0


def test_an_invitation_goes_out_by_mail(cast, proven, newcomer):
    answer = proven("coordinator").post(f"/people/{newcomer.pk}/invitation/", follow=True)
    assert newcomer.email in str(next(iter(answer.context["messages"])))
    mail = OutboxMail.objects.get(kind="accounts.invitation")
    assert mail.recipient == newcomer.email
    assert Invitation.objects.get().by == cast.coordinator


def test_nobody_is_invited_by_looking(client_of, newcomer):
    assert client_of("coordinator").get(f"/people/{newcomer.pk}/invitation/").status_code == 405


def test_without_an_e_mail_nobody_is_invited(cast, proven):
    person = add_person(by=cast.coordinator, name="Uden post")
    proven("coordinator").post(f"/people/{person.pk}/invitation/")
    assert not Invitation.objects.exists()


def test_closing_asks_first_and_then_ends_the_login(cast, client_of, proven):
    there = client_of("member")
    path = f"/people/{cast.member.pk}/closure/"
    browser = proven("coordinator")
    assert browser.get(path).status_code == 200
    assert Person.objects.get(pk=cast.member.pk).is_active
    assert browser.post(path).url == f"/people/{cast.member.pk}/"
    assert not Person.objects.get(pk=cast.member.pk).is_active
    assert there.get("/account/").status_code == 302
    assert browser.post(path).status_code == 400, "it is closed already"
    assert Event.objects.filter(act="accounts.login_closed").count() == 1


def test_a_closed_login_can_be_reopened(cast, proven):
    close_login(cast.member, by=cast.coordinator)
    path = f"/people/{cast.member.pk}/reopening/"
    browser = proven("coordinator")
    assert browser.get(path).status_code == 200
    assert browser.post(path).status_code == 302
    assert Person.objects.get(pk=cast.member.pk).is_active
    assert browser.post(path).status_code == 400, "it is open already"


def test_the_last_administrator_is_not_closed_and_says_what_to_do(cast, proven):
    path = f"/people/{cast.administrator.pk}/closure/"
    answer = proven("administrator").post(path)
    assert answer.status_code == 400
    assert answer.context["form"].non_field_errors()
    assert Person.objects.get(pk=cast.administrator.pk).is_active


def test_a_coordinator_keeps_no_administrators_sign_in(cast, client_of):
    browser = client_of("coordinator")
    for page in ("invitation", "closure", "reopening", "second-step-reset"):
        assert browser.post(f"/people/{cast.administrator.pk}/{page}/").status_code == 404
    with pytest.raises(PermissionDenied):
        close_login(cast.administrator, by=cast.coordinator)


@pytest.fixture
def lost(cast):
    """The member has a second step, and its phone is gone."""
    Authenticator.objects.create(user=cast.member, type="totp", data={})
    Authenticator.objects.create(user=cast.member, type="recovery_codes", data={})
    return cast.member


def test_an_administrator_removes_a_lost_second_step(cast, lost, proven):
    browser = proven("administrator")
    path = f"/people/{lost.pk}/second-step-reset/"
    assert browser.get(path).status_code == 200
    assert browser.post(path).url == f"/people/{lost.pk}/"
    assert not Authenticator.objects.filter(user=lost).exists()
    event = Event.objects.about(lost)[0]
    assert (event.act, event.actor) == (
        "accounts.second_step_reset",
        str(cast.administrator.pseudonym),
    )
    assert OutboxMail.objects.get(kind="accounts.second_step_reset").recipient == lost.email
    assert browser.post(path).status_code == 400, "nothing is left to remove"


def test_removing_it_asks_for_the_password_once_more(lost, client_of):
    answer = client_of("administrator").post(f"/people/{lost.pk}/second-step-reset/")
    assert answer.url.startswith("/account/confirmation/?next=")
    assert Authenticator.objects.filter(user=lost).count() == 2


def test_a_coordinator_removes_nobodys_second_step(cast, lost, client_of):
    path = f"/people/{lost.pk}/second-step-reset/"
    assert client_of("coordinator").post(path).status_code == 404
    with pytest.raises(PermissionDenied):
        reset_second_step(lost, by=cast.coordinator)


def test_ones_own_second_step_is_removed_on_ones_own_page(cast):
    with pytest.raises(PermissionDenied):
        reset_second_step(cast.administrator, by=cast.administrator)


def test_a_second_step_that_is_not_there_is_not_removed(cast):
    with pytest.raises(Refused):
        reset_second_step(cast.employee, by=cast.administrator)
