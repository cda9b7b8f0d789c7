"""Proving once more who one is, before what matters, where one signed in by the directory."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import close_login, give_role
from kommissorium.accounts.actions.directory_links import accept_link, ask_for_link
from kommissorium.accounts.models import Person
from kommissorium.accounts.tests.counterpart import Counterpart, come_back, sign_in
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event

ANEW = "/account/directory/anew/"


@pytest.fixture
def linked(cast: Cast, directory: Counterpart) -> Person:
    """A coordinator without password and second step, by account 1."""
    give_role(cast.system_owner, "coordinator", by=None, from_date=timezone.localdate())
    link(cast, cast.system_owner, directory)
    return Person.objects.get(pk=cast.system_owner.pk)


def link(cast: Cast, person: Person, directory: Counterpart, lasting_id: str = "1") -> None:
    account = directory.settings.named(lasting_id)
    by = cast.executive if person == cast.coordinator else cast.coordinator
    accept_link(ask_for_link(person, account, by=cast.administrator), by=by)


def roles_page(cast: Cast) -> str:
    return f"/people/{cast.employee.pk}/roles/add/"


def give_auditor(browser: Client, cast: Cast) -> Any:
    """Send the form that makes the employee an auditor."""
    values = {"kind": "auditor", "from_date": timezone.localdate().isoformat()}
    return browser.post(roles_page(cast), values)


def asked_for(cast: Cast) -> bool:
    return Event.objects.about(cast.employee).filter(act__startswith="accounts.role_").exists()


def begin_anew(browser: Client, address: str) -> str:
    """Press the button on the page that one was led to; return the address at the directory."""
    assert address.startswith(f"{ANEW}?"), address
    assert "Tryllerup Kommune" in browser.get(address).content.decode()
    [target] = parse_qs(urlsplit(address).query)["next"]
    answer = browser.post(ANEW, {"next": target})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def now() -> int:
    return int(timezone.now().timestamp())


def test_the_directory_asks_and_what_was_typed_goes_on(linked, cast, directory, nobody) -> None:
    sign_in(nobody, directory)
    key = nobody.session.session_key
    answer = give_auditor(nobody, cast)
    there = begin_anew(nobody, answer["Location"])
    asked = parse_qs(urlsplit(there).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert not asked_for(cast)
    directory.claims = {"sub": "1", "auth_time": now()}
    assert come_back(nobody, there, directory.authorize(there)).status_code == 302
    assert asked_for(cast)
    assert nobody.session.session_key != key
    assert nobody.get(roles_page(cast)).status_code == 200  # it holds for a while


def test_after_a_while_it_is_asked_again(linked, cast, directory, nobody) -> None:
    sign_in(nobody, directory)
    there = begin_anew(nobody, nobody.get(roles_page(cast))["Location"])
    directory.claims = {"sub": "1", "auth_time": now()}
    assert come_back(nobody, there, directory.authorize(there))["Location"] == roles_page(cast)
    session = nobody.session
    session["account_authentication_methods"][-1]["at"] -= 600
    session.save()
    assert nobody.get(roles_page(cast))["Location"].startswith(ANEW)


@pytest.mark.parametrize("auth_time", [None, 0, -3600, True, "nu"])
def test_what_the_directory_remembered_is_no_proof(
    linked, cast, directory, nobody, auth_time
) -> None:
    sign_in(nobody, directory)
    there = begin_anew(nobody, give_auditor(nobody, cast)["Location"])
    said = now() + auth_time if auth_time == -3600 else auth_time
    directory.claims = {"sub": "1", "auth_time": said}
    answer = come_back(nobody, there, directory.authorize(there))
    assert answer.status_code == 400 and "siger ikke" in answer.content.decode()
    assert not asked_for(cast)
    assert nobody.get(roles_page(cast))["Location"].startswith(ANEW)


def test_another_account_is_no_proof(linked, cast, directory, nobody) -> None:
    link(cast, cast.member, directory, "2")
    sign_in(nobody, directory)
    there = begin_anew(nobody, give_auditor(nobody, cast)["Location"])
    directory.claims = {"sub": "2", "auth_time": now()}
    assert come_back(nobody, there, directory.authorize(there)).status_code == 403
    assert not asked_for(cast)
    assert nobody.session["_auth_user_id"] == str(linked.pk)


def test_a_mere_sign_in_is_no_proof(linked, cast, directory, nobody) -> None:
    sign_in(nobody, directory)
    sign_in(nobody, directory, auth_time=now())
    assert nobody.get(roles_page(cast))["Location"].startswith(ANEW)


def test_who_was_closed_meanwhile_does_not_go_on(linked, cast, directory, nobody) -> None:
    sign_in(nobody, directory)
    there = begin_anew(nobody, give_auditor(nobody, cast)["Location"])
    close_login(linked, by=cast.administrator)
    directory.claims = {"sub": "1", "auth_time": now()}
    assert come_back(nobody, there, directory.authorize(there)).status_code in {302, 403}
    assert not asked_for(cast)


def test_whoever_just_signed_in_gets_a_second_step_without_it(linked, directory, nobody) -> None:
    sign_in(nobody, directory)
    assert nobody.get(reverse("mfa_activate_totp")).status_code == 200
    session = nobody.session
    session["account_authentication_methods"][-1]["at"] -= 600
    session.save()
    assert nobody.get(reverse("mfa_activate_totp"))["Location"].startswith(ANEW)
    assert nobody.get("/account/").status_code == 200


def test_who_has_other_ways_is_shown_them_too(cast, directory, nobody, proven) -> None:
    link(cast, cast.coordinator, directory)
    TOTP.activate(Person.objects.get(pk=cast.coordinator.pk), "JBSWY3DPEHPK3PXP")
    sign_in(nobody, directory, amr=["mfa"])
    answer = nobody.get(roles_page(cast))
    html = nobody.get(answer["Location"]).content.decode()
    assert answer["Location"].startswith(ANEW)
    assert "/account/confirmation/?next=" in html
    assert "/account/second-step/confirmation/?next=" in html


def test_who_signed_in_by_a_password_is_asked_for_that_first(cast, directory, client_of) -> None:
    link(cast, cast.coordinator, directory)
    browser = client_of("coordinator")
    answer = browser.get(roles_page(cast))
    assert answer["Location"].startswith("/account/confirmation/")
    assert ANEW in browser.get(answer["Location"]).content.decode()


def test_where_the_directory_is_gone_one_is_told_what_to_do(
    settings, linked, cast, directory, nobody
) -> None:
    sign_in(nobody, directory)
    settings.DIRECTORY = None
    answer = nobody.get(roles_page(cast))
    assert answer.status_code == 400 and "ingen af delene" in answer.content.decode()
    assert nobody.get(ANEW).status_code == 404


def test_whoever_is_not_linked_has_no_such_page(cast, directory, client_of) -> None:
    answer = client_of("coordinator").get(f"{ANEW}?next=/account/")
    assert answer["Location"].startswith("/account/confirmation/")
