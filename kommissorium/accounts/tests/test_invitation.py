"""An invited person chooses a password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import invitation_link, invite
from kommissorium.accounts.models import Invitation, Municipality, Person, SignInState
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail

CHOSEN = "fire helt tilfældige ord"


@pytest.fixture
def link(cast, newcomer):
    """The path in the mail the newcomer got."""
    invite(newcomer, by=cast.coordinator)
    body = OutboxMail.objects.get(kind="accounts.invitation").body
    return re.search(r"http\S+", body).group().removeprefix(settings.SITE_URL)


def choose(browser, link, password=CHOSEN, repeated=CHOSEN):
    form_page = browser.get(link)
    return browser.post(form_page.url, {"password": password, "repeated": repeated})


def test_the_invited_choose_a_password_and_are_in(link, nobody, newcomer):
    answer = choose(nobody, link)
    assert (answer.status_code, answer.url) == (302, reverse("overview"))
    assert nobody.get("/account/").status_code == 200
    assert Person.objects.get(pk=newcomer.pk).has_login
    assert Invitation.objects.get(person=newcomer).accepted_at
    assert Event.objects.filter(act="accounts.invitation_accepted").count() == 1


def test_the_key_does_not_stay_in_the_address(link, nobody):
    answer = nobody.get(link)
    assert answer.url.endswith("/choose/")
    assert link.split("/")[-2] not in answer.url
    assert nobody.get(answer.url).status_code == 200


def test_where_a_second_step_is_demanded_it_comes_next_and_asks_for_no_password(link, nobody):
    Municipality.objects.update(mfa_required=True)
    choose(nobody, link)
    assert nobody.get("/").url == reverse("mfa_index")
    assert nobody.get(reverse("mfa_activate_totp")).status_code == 200


def test_an_invitation_works_once(link, nobody, client):
    choose(nobody, link)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "accounts/invitation_gone.html" in [template.name for template in answer.templates]


def test_only_the_newest_invitation_works(cast, link, nobody, newcomer):
    invite(newcomer, by=cast.coordinator)
    assert nobody.get(link).status_code == 410


def test_it_works_for_seven_days(link, nobody, monkeypatch):
    later = timezone.now().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later + 6.9 * 86400)
    assert nobody.get(link).status_code == 302
    monkeypatch.setattr("django.core.signing.time.time", lambda: later + 7.1 * 86400)
    assert nobody.get(link).status_code == 410


def test_nobody_with_a_closed_login_gets_in_by_it(link, nobody, newcomer):
    Person.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert nobody.get(link).status_code == 410


@pytest.mark.parametrize("broken", ["x", "choose", "a.b.c"])
def test_a_broken_key_says_what_to_do(link, nobody, broken):
    start = link.rsplit("/", 2)[0]
    assert nobody.get(f"{start}/{broken}/").status_code == 410


def test_a_key_opens_no_other_person(cast, link, nobody):
    key = link.split("/")[-2]
    other = invitation_link(cast.employee).split("/")[-3]
    assert nobody.get(f"/invitation/{other}/{key}/").status_code == 410
    assert nobody.get(f"/invitation/x!/{key}/").status_code == 410


def test_who_is_signed_in_as_somebody_else_is_signed_out_first(link, client_of):
    browser = client_of("chair")
    browser.get(link)
    assert browser.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("password", "repeated", "field"),
    [
        ("kort", "kort", "password"),
        ("anne tvedegaard", "anne tvedegaard", "password"),
        ("Udvalget for informationssikkerhed", "Udvalget for informationssikkerhed", "password"),
        (CHOSEN, "noget andet", "repeated"),
    ],
)
def test_a_poor_password_is_refused_beside_the_field(link, nobody, password, repeated, field):
    answer = choose(nobody, link, password, repeated)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Person.objects.exclude(password__startswith="!").filter(invitations__gt=0).exists()


def test_the_first_administrator_gets_a_link_without_a_mail(nobody, newcomer):
    path = invitation_link(newcomer).removeprefix(settings.SITE_URL)
    assert choose(nobody, path).status_code == 302


def test_an_invitation_not_used_in_time_leaves_the_person_without_a_login(cast, link, newcomer):
    def state(now):
        return Person.objects.with_sign_in(now).get(pk=newcomer.pk).sign_in_state

    now = timezone.now()
    assert state(now) == SignInState.INVITED
    assert state(now + timedelta(days=8)) == SignInState.NONE


def test_a_mail_that_did_not_arrive_is_told_on_the_persons_page(cast, link, newcomer, client_of):
    page = reverse("person", args=[newcomer.pk])
    assert "Mailen kom ikke frem" not in client_of("coordinator").get(page).content.decode()
    OutboxMail.objects.filter(recipient=newcomer.email).update(given_up_at=timezone.now())
    assert "Mailen kom ikke frem" in client_of("coordinator").get(page).content.decode()
    invite(newcomer, by=cast.coordinator)
    assert "Mailen kom ikke frem" not in client_of("coordinator").get(page).content.decode()
