"""The directory as the only way in, the emergency login beside it, and the way out of both."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kommissorium.accounts.actions import invite, invite_from_server, show_invitation
from kommissorium.accounts.actions.directory_links import accept_link, ask_for_link
from kommissorium.accounts.links import make_token
from kommissorium.accounts.models import OrganisationRole, Person, SignInState
from kommissorium.accounts.openid import SIGNED_OUT
from kommissorium.accounts.tests.counterpart import OTHER_KEY, Counterpart, running, sign_in
from kommissorium.conftest import PASSWORD, Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused

USED = "accounts.break_glass_used"


@pytest.fixture
def only(cast: Cast, directory: Counterpart, settings: Any) -> Counterpart:
    """The directory as the only way in; the administrator's is the emergency login."""
    close(settings, directory, cast)
    return directory


def close(settings: Any, directory: Counterpart, cast: Cast) -> None:
    """Let the settings say that nobody signs in elsewhere, but for the administrator."""
    email = (cast.administrator.email or "").lower()
    settings.DIRECTORY = dataclasses.replace(directory.settings, break_glass=email)


def link(cast: Cast, person: Person, directory: Counterpart) -> Person:
    link = ask_for_link(person, directory.settings.named("1"), by=cast.administrator)
    accept_link(link, by=cast.executive)
    return Person.objects.get(pk=person.pk)


def by_password(person: Person, password: str = PASSWORD) -> tuple[Client, Any]:
    browser = Client()
    sent = {"login": person.email or "", "password": password}
    return browser, browser.post("/account/login/", sent)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_a_password_is_no_way_in_and_nobody_learns_whether_it_is_right(only, cast) -> None:
    said = set()
    for person, password in (
        (cast.coordinator, PASSWORD),
        (cast.coordinator, "noget helt andet end det"),
        (cast.administrator, "noget helt andet end det"),
    ):
        browser, answer = by_password(person, password)
        assert answer.status_code == 400 and not is_in(browser)
        said |= {str(one) for errors in answer.context["form"].errors.values() for one in errors}
    assert said == {"Her virker kun nødlogin. Alle andre logger ind med Tryllerup Kommune."}


def test_the_right_password_counts_as_a_wrong_one(only, cast) -> None:
    browser = Client()
    sent = {"login": cast.coordinator.email, "password": PASSWORD}
    answers = [browser.post("/account/login/", sent) for _number in range(6)]
    assert "For mange forsøg" in answers[-1].content.decode()


def test_the_page_leads_to_the_directory_and_folds_the_rest_away(only, nobody) -> None:
    html = nobody.get("/account/login/").content.decode()
    assert html.index("Log ind med Tryllerup Kommune") < html.index("<details")
    assert html.index("<details") < html.index('name="password"') < html.index("</details>")
    assert " open>" not in html


def test_a_passkey_is_no_way_in(only, cast, nobody, monkeypatch) -> None:
    key = Authenticator.objects.create(
        user=cast.coordinator, type=Authenticator.Type.WEBAUTHN, data={}
    )
    monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda _form: key)
    answer = nobody.post("/account/second-step/passkeys/sign-in/", {"credential": "[1]"})
    assert answer["Location"] == "/account/login/" and not is_in(nobody)
    assert "Her logger du ind med Tryllerup" in nobody.get("/account/login/").content.decode()


def test_the_directory_lets_people_in(only, cast, nobody) -> None:
    person = link(cast, cast.coordinator, only)
    sign_in(nobody, only)
    assert nobody.session["_auth_user_id"] == str(person.pk)
    account = nobody.get("/account/").content.decode()
    assert "/account/password/change/" not in account
    assert nobody.get("/account/password/change/").status_code == 404
    assert not Event.objects.filter(act=USED).exists()


def test_what_a_password_began_ends_when_it_is_no_way_in_any_more(
    directory, settings, cast
) -> None:
    people = (cast.coordinator, cast.administrator)
    browsers = [by_password(person)[0] for person in people]
    assert [one.get("/account/").status_code for one in browsers] == [200, 200]
    close(settings, directory, cast)
    assert [one.get("/account/").status_code for one in browsers] == [302, 200]


def test_a_password_is_no_proof_either(only, cast, nobody) -> None:
    link(cast, cast.coordinator, only)
    sign_in(nobody, only)
    address = "/account/confirmation/?next=/account/"
    answer = nobody.post(address, {"password": PASSWORD, "next": "/account/"})
    assert answer["Location"].startswith("/account/directory/anew/")
    roles = f"/people/{cast.employee.pk}/roles/add/"
    assert nobody.get(roles)["Location"].startswith("/account/directory/anew/")


def test_the_emergency_login_is_written_down_and_told_to_all_administrators(
    only, cast, settings
) -> None:
    today = timezone.localdate()
    OrganisationRole.objects.create(person=cast.member, kind="administrator", from_date=today)
    with running() as gone:
        settings.DIRECTORY = dataclasses.replace(settings.DIRECTORY, issuer=gone.issuer)
    browser, answer = by_password(cast.administrator)
    assert answer.status_code == 302 and is_in(browser)
    [event] = Event.objects.filter(act=USED)
    assert event.actor == str(cast.administrator.pseudonym)
    told = OutboxMail.objects.filter(kind="accounts.access_changed", key=str(event.seq))
    assert {cast.administrator.email, cast.member.email} <= set(
        told.values_list("recipient", flat=True)
    )
    assert "nødlogin" in told[0].body
    by_password(cast.administrator)
    assert Event.objects.filter(act=USED).count() == 2


def test_the_emergency_login_may_come_by_the_directory_without_a_word(only, cast, nobody) -> None:
    account = only.settings.named("1")
    Person.objects.filter(pk=cast.administrator.pk).update(directory_account=account)
    sign_in(nobody, only)
    assert is_in(nobody)
    assert not Event.objects.filter(act=USED).exists()


def test_a_forgotten_password_is_renewed_for_the_emergency_login_alone(only, cast, nobody) -> None:
    for person in (cast.coordinator, cast.administrator):
        nobody.post("/account/password/reset/", {"email": person.email})
    sent = OutboxMail.objects.filter(kind__startswith="account.email.password_reset")
    assert [one.recipient for one in sent] == [cast.administrator.email]
    assert mail.outbox == []


def test_an_invitation_leads_to_the_directory_and_holds_no_key(
    only, cast, newcomer, nobody
) -> None:
    invite(newcomer, by=cast.coordinator)
    body = OutboxMail.objects.get(kind="accounts.invitation").body
    assert "/invitation/" not in body and "Du logger ind med Tryllerup Kommune" in body
    uid = urlsafe_base64_encode(force_bytes(newcomer.pk))
    old = nobody.get(f"/invitation/{uid}/{make_token(newcomer)}/")
    assert nobody.get(old["Location"])["Location"] == "/account/login/"
    assert nobody.post(old["Location"], {"password": "x"})["Location"] == "/account/login/"
    with pytest.raises(PermissionDenied):
        show_invitation(newcomer, by=cast.coordinator)
    with pytest.raises(Refused, match="BREAK_GLASS"):
        invite_from_server(newcomer)


def test_the_list_of_people_says_who_can_sign_in(only, cast) -> None:
    link(cast, cast.member, only)
    found = {one.pk: one for one in Person.objects.with_sign_in(timezone.now())}
    active = {pk for pk, one in found.items() if one.sign_in_state == SignInState.ACTIVE}
    assert active == {cast.administrator.pk, cast.member.pk}
    assert {pk for pk, one in found.items() if one.has_login} == active


# The way out.


def test_who_came_by_the_directory_is_led_out_of_it_too(directory, cast, nobody) -> None:
    there = f"{directory.issuer}/logout"
    directory.documents = {"end_session_endpoint": there}
    link(cast, cast.coordinator, directory)
    sign_in(nobody, directory)
    answer = nobody.post("/account/logout/")
    assert answer["Location"] == "/account/directory/left/" and not is_in(nobody)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "stadig logget ind" in nobody.get(answer["Location"]).content.decode()
    address = nobody.post(answer["Location"])
    assert address.status_code == 303
    back = "http%3A%2F%2F127.0.0.1%3A8000%2Faccount%2Flogin%2F"
    assert address["Location"] == (
        f"{there}?client_id=kommissorium&post_logout_redirect_uri={back}"
    )


@pytest.mark.parametrize("there", ["https://ond.example/logout", 7])
def test_a_way_out_that_leads_elsewhere_is_not_followed(directory, nobody, there) -> None:
    directory.documents = {"end_session_endpoint": there}
    assert nobody.post("/account/directory/left/").status_code == 503


def test_a_directory_without_a_way_out_says_so(directory, nobody) -> None:
    answer = nobody.post("/account/directory/left/")
    assert answer.status_code == 200 and "Luk browseren" in answer.content.decode()


def test_who_came_by_a_password_or_is_still_here_is_not_led_there(directory, cast) -> None:
    browser, _answer = by_password(cast.coordinator)
    assert browser.get("/account/directory/left/")["Location"] == "/account/logout/"
    assert browser.post("/account/logout/")["Location"] == "/account/login/"


# The directory tells that somebody signed out there.

CALLED = "/account/directory/signed-out/"


def message(directory: Counterpart, **claims: Any) -> str:
    """Return what the directory would send; None leaves a claim out."""
    directory.claims = {"sub": "1", "events": {SIGNED_OUT: {}}, **claims}
    return directory.token("")


def test_what_was_begun_by_the_directory_ends_with_it_and_nothing_else(
    directory, cast, nobody
) -> None:
    link(cast, cast.coordinator, directory)
    sign_in(nobody, directory)
    by_own, _answer = by_password(cast.coordinator)
    other, _answer = by_password(cast.administrator)
    caller = Client(enforce_csrf_checks=True)
    sent = {"logout_token": message(directory, nonce=None, exp=None)}
    assert caller.post(CALLED, sent).status_code == 200
    found = [one.get("/account/").status_code for one in (nobody, by_own, other)]
    assert found == [302, 200, 200]
    [event] = Event.objects.filter(act="accounts.directory_left")
    assert (event.actor, event.object_id) == ("system", str(cast.coordinator.pk))
    assert caller.post(CALLED, sent).status_code == 200
    assert Event.objects.filter(act="accounts.directory_left").count() == 1
    history = client_history(cast, by_own)
    assert "Loggede ud af kommunens eget login: ét login her sluttede samtidig" in history


def client_history(cast: Cast, browser: Client) -> str:
    return str(browser.get(f"/people/{cast.coordinator.pk}/").content.decode())


@pytest.mark.parametrize(
    "claims",
    [
        {},  # with a nonce, as a token of a sign-in has
        {"nonce": None, "events": {}},
        {"nonce": None, "events": SIGNED_OUT},
        {"nonce": None, "events": None},
        {"nonce": None, "aud": "andre"},
        {"nonce": None, "iss": "https://ond.example"},
        {"nonce": None, "iat": 1},
        {"nonce": None, "exp": 1},
        {"nonce": None, "sub": None},
    ],
)
def test_a_message_that_does_not_hold_ends_nothing(directory, cast, nobody, claims) -> None:
    link(cast, cast.coordinator, directory)
    sign_in(nobody, directory)
    answer = nobody.post(CALLED, {"logout_token": message(directory, **claims)})
    assert answer.status_code == 400 and nobody.get("/account/").status_code == 200


def test_a_message_that_another_signed_or_none_ends_nothing(directory, cast, nobody) -> None:
    link(cast, cast.coordinator, directory)
    sign_in(nobody, directory)
    directory.key = OTHER_KEY
    tokens = (message(directory, nonce=None), "", "x.y.z")
    assert [Client().post(CALLED, {"logout_token": one}).status_code for one in tokens] == [400] * 3
    assert nobody.get("/account/").status_code == 200
    assert nobody.get(CALLED).status_code == 405
