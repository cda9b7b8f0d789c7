"""Signing in by the municipality's own directory, against one on this machine."""

from __future__ import annotations

import logging

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.actions.directory_links import accept_link, ask_for_link
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.tests import counterpart as other_side
from kommissorium.accounts.tests.counterpart import (
    OTHER_KEY,
    Counterpart,
    begin,
    come_back,
    sign_in,
)
from kommissorium.conftest import Cast, address
from kommissorium.core.evidence.models import Event

NOT_LINKED = "ikke forbundet med en person"
PROVEN = {"email_verified": True}


@pytest.fixture
def linked(cast: Cast, directory: Counterpart) -> Person:
    """The chair, whom two people have linked to the account 1."""
    link(cast, cast.chair, directory)
    return anew(cast.chair)


def link(cast: Cast, person: Person, directory: Counterpart, lasting_id: str = "1") -> None:
    account = directory.settings.named(lasting_id)
    accept_link(ask_for_link(person, account, by=cast.administrator), by=cast.coordinator)


def anew(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def who(browser: Client) -> str:
    return browser.session.get("_auth_user_id", "")


def test_where_no_directory_is_named_there_is_no_button_and_no_address(cast, nobody) -> None:
    assert "/account/directory/" not in nobody.get("/account/login/").content.decode()
    assert nobody.post("/account/directory/").status_code == 404
    assert nobody.get("/account/directory/answer/?code=x&state=y").status_code == 404


def test_the_button_leads_there_and_back_to_the_page_that_was_asked_for(
    linked, directory, nobody, caplog
) -> None:
    caplog.set_level(logging.INFO, "kommissorium")
    page = nobody.get("/account/login/?next=/account/").content.decode()
    assert "Log ind med Tryllerup Kommune" in page
    there = begin(nobody, next="/account/")
    answer = come_back(nobody, there, directory.authorize(there))
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert who(nobody) == str(linked.pk)
    assert f"signed in: {linked.pseudonym} from 127.0.0.1 by directory" in caplog.text
    assert "Kommunens eget login" in nobody.get("/account/").content.decode()


def test_nobody_is_led_elsewhere(linked, directory, nobody) -> None:
    there = begin(nobody, next="https://ond.example/")
    assert come_back(nobody, there, directory.authorize(there))["Location"] == "/"


def test_the_id_says_who_it_is_whatever_the_email(cast, linked, directory, nobody) -> None:
    sign_in(nobody, directory, email=address("coordinator"), email_verified=True)
    assert who(nobody) == str(linked.pk)


def test_the_same_email_with_another_id_is_somebody_else(cast, directory, nobody) -> None:
    link(cast, cast.employee, directory)
    answer = sign_in(nobody, directory, sub="2", email=address("employee"), **PROVEN)
    assert answer.status_code == 403 and NOT_LINKED in answer.content.decode()
    assert who(nobody) == ""


def test_two_people_are_two(cast, linked, directory) -> None:
    link(cast, cast.member, directory, "2")
    for sub, person in (("1", cast.chair), ("2", cast.member)):
        browser = Client()
        sign_in(browser, directory, sub=sub)
        assert who(browser) == str(person.pk)


def test_whoever_is_nobody_here_is_told_the_id_and_no_person_is_made(
    cast, directory, nobody, caplog
) -> None:
    before = Person.objects.count()
    answer = sign_in(nobody, directory, sub="ukendt-1", email="ny@tryllerup.example", **PROVEN)
    assert answer.status_code == 403 and "ukendt-1" in answer.content.decode()
    assert (Person.objects.count(), who(nobody)) == (before, "")
    assert "refused: directory: an account that is nobody's" in caplog.text


def test_a_closed_login_stays_closed(cast, linked, directory, nobody, caplog) -> None:
    close_login(linked, by=cast.administrator)
    answer = sign_in(nobody, directory)
    assert answer.status_code == 403 and "Din adgang er lukket" in answer.content.decode()
    assert who(nobody) == "" and "a closed login" in caplog.text


# By the e-mail that the directory has proven.


@pytest.mark.parametrize("proof", [{"email_verified": True}, {"xms_edov": True}, {"xms_edov": "1"}])
def test_a_proven_email_links_who_has_it(cast, directory, nobody, proof) -> None:
    sign_in(nobody, directory, sub="7", email=address("system_owner").upper(), **proof)
    assert who(nobody) == str(cast.system_owner.pk)
    event = Event.objects.get(act="accounts.directory_linked")
    assert (event.object_id, event.actor) == (str(cast.system_owner.pk), "system")
    assert anew(cast.system_owner).directory_account == f"{directory.issuer} 7"
    browser = Client()
    sign_in(browser, directory, sub="7")
    assert who(browser) == str(cast.system_owner.pk)


@pytest.mark.parametrize("proof", [{}, {"email_verified": False}, {"email_verified": "false"}])
def test_an_email_that_is_not_proven_links_nobody(cast, directory, nobody, proof) -> None:
    answer = sign_in(nobody, directory, email=address("system_owner"), **proof)
    assert answer.status_code == 403 and NOT_LINKED in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["administrator", "coordinator", "executive", "auditor", "dpo", "chair", "deputy"]
)
def test_whom_a_second_yes_stands_behind_is_not_linked_by_email(
    cast, directory, nobody, name
) -> None:
    answer = sign_in(nobody, directory, email=address(name), **PROVEN)
    assert answer.status_code == 403 and who(nobody) == ""
    assert anew(cast.who(name)).directory_account is None


def test_a_closed_login_is_not_linked_by_email(cast, directory, nobody) -> None:
    close_login(cast.employee, by=cast.administrator)
    assert sign_in(nobody, directory, email=address("employee"), **PROVEN).status_code == 403


# What does not hold.


def _now() -> int:
    return int(timezone.now().timestamp())


@pytest.mark.parametrize(
    "token",
    [
        (lambda: {"aud": "another"}, "for another receiver"),
        (lambda: {"aud": ["another", "kommissorium"]}, "for another receiver"),
        (lambda: {"azp": "another"}, "for another receiver"),
        (lambda: {"iss": "https://ond.example"}, "another issuer"),
        (lambda: {"exp": _now() - 120}, "too old"),
        (lambda: {"iat": _now() - 3600}, "too old"),
        (lambda: {"iat": _now() + 600}, "of a time to come"),
        (lambda: {"nbf": _now() + 600}, "of a time to come"),
        (lambda: {"exp": None}, "MissingRequiredClaimError"),
        (lambda: {"exp": "senere"}, "without times"),
        (lambda: {"nonce": "another"}, "of another sign-in"),
        (lambda: {"nonce": None}, "MissingRequiredClaimError"),
    ],
)
def test_a_token_that_does_not_hold_is_refused(linked, directory, nobody, caplog, token) -> None:
    claims, why = token
    answer = sign_in(nobody, directory, **claims())
    assert answer.status_code == 400 and "passer ikke" in answer.content.decode()
    assert who(nobody) == "" and why in caplog.text


def test_another_tenant_is_refused(settings, linked, directory, nobody, caplog) -> None:
    values = {**vars(directory.settings), "tenant": "t-1"}
    settings.DIRECTORY = type(directory.settings)(**values)
    for tenant in ({"tid": "t-2"}, {}):
        assert sign_in(nobody, directory, **tenant).status_code == 400
    assert "another tenant" in caplog.text and who(nobody) == ""
    sign_in(nobody, directory, tid="t-1")
    assert who(nobody) == str(linked.pk)


@pytest.mark.parametrize(
    "signature",
    [
        (None, "none", {}),
        (None, "none", {"kid": "a"}),
        ("hemmelig" * 8, "HS256", {"kid": "a"}),
        (OTHER_KEY, "RS256", {"kid": "a"}),
        (OTHER_KEY, "RS256", {"kid": "b"}),
        (OTHER_KEY, "RS256", {}),
        (other_side.KEY, "RS512", {"kid": "a"}),
    ],
)
def test_a_token_that_the_directory_did_not_sign_is_refused(
    linked, directory, nobody, signature
) -> None:
    directory.key, directory.algorithm, directory.headers = signature
    assert sign_in(nobody, directory).status_code == 400
    assert who(nobody) == ""


def test_a_key_without_a_name_serves_where_there_is_one(linked, directory, nobody) -> None:
    directory.headers = {}
    sign_in(nobody, directory)
    assert who(nobody) == str(linked.pk)


def test_an_answer_serves_once_and_in_the_browser_that_asked(linked, directory, nobody) -> None:
    there = begin(nobody)
    code = directory.authorize(there)
    stranger = Client()
    assert come_back(stranger, there, code).status_code == 400
    assert who(stranger) == ""
    assert come_back(nobody, there, code, iss="https://ond.example").status_code == 400
    there = begin(nobody)
    code = directory.authorize(there)
    assert come_back(nobody, there, code).status_code == 302
    nobody.post("/account/logout/")
    answer = come_back(nobody, there, code)
    assert answer.status_code == 400 and "Begynd forfra" in answer.content.decode()
    assert who(nobody) == ""


def test_another_code_in_the_same_sign_in_is_refused(linked, directory, nobody) -> None:
    mine, there = Client(), begin(nobody)
    code = directory.authorize(begin(mine))
    assert come_back(nobody, there, code).status_code == 400  # PKCE
    assert who(nobody) == ""


def test_an_answer_that_comes_late_is_refused(linked, directory, nobody) -> None:
    there = begin(nobody)
    session = nobody.session
    session["directory_sign_in"] = {**session["directory_sign_in"], "at": _now() - 700}
    session.save()
    assert come_back(nobody, there, directory.authorize(there)).status_code == 400


def test_an_answer_to_what_an_earlier_version_began_is_taken(linked, directory, nobody) -> None:
    there = begin(nobody)
    session = nobody.session
    session["directory_sign_in"] = {
        name: one for name, one in session["directory_sign_in"].items() if name != "person"
    }
    session.save()
    assert come_back(nobody, there, directory.authorize(there)).status_code == 302
    assert who(nobody) == str(linked.pk)


def test_going_back_at_the_directory_is_told(linked, directory, nobody) -> None:
    there = begin(nobody)
    answer = come_back(nobody, there, "", error="access_denied")
    assert answer.status_code == 400 and "/account/login/" in answer.content.decode()


# When it is away.


def test_a_directory_that_is_away_is_told_and_others_sign_in(cast, settings, nobody) -> None:
    with other_side.running() as gone:
        settings.DIRECTORY = gone.settings
    answer = nobody.post("/account/directory/")
    assert answer.status_code == 503
    assert "Tryllerup Kommune svarer ikke" in answer.content.decode()
    assert nobody.get("/account/login/").status_code == 200


@pytest.mark.parametrize(
    "documents",
    [
        {"issuer": "https://ond.example"},
        {"authorization_endpoint": "https://ond.example/authorize"},
        {"authorization_endpoint": None},
    ],
)
def test_a_directory_that_leads_elsewhere_is_not_followed(
    directory, nobody, cast, documents
) -> None:
    directory.documents = documents
    assert nobody.post("/account/directory/").status_code == 503


def test_it_goes_away_in_the_middle(linked, directory, nobody) -> None:
    there = begin(nobody)
    code = directory.authorize(there)
    directory.documents = {"jwks_uri": f"{directory.issuer}/nowhere"}
    assert come_back(nobody, there, code).status_code == 503
    assert who(nobody) == ""


# The second step.


def test_our_second_step_is_asked_for_unless_the_directory_has_asked(
    settings, linked, directory
) -> None:
    values = {**vars(directory.settings), "second_step": frozenset({"https://nsis/substantial"})}
    settings.DIRECTORY = type(directory.settings)(**values)
    TOTP.activate(linked, "JBSWY3DPEHPK3PXP")
    asked, passed = Client(), Client()
    assert sign_in(asked, directory, amr=["pwd"])["Location"] == "/account/second-step/sign-in/"
    assert who(asked) == ""
    sign_in(passed, directory, amr=["pwd", "mfa"])
    assert who(passed) == str(linked.pk)
    by_level = Client()
    sign_in(by_level, directory, acr="https://nsis/substantial")
    assert who(by_level) == str(linked.pk)


def test_a_municipality_that_demands_one_takes_the_directorys(linked, directory) -> None:
    Municipality.objects.update(mfa_required=True)
    without, with_one = Client(), Client()
    sign_in(without, directory)
    assert without.get("/account/")["Location"] == "/account/second-step/"
    sign_in(with_one, directory, amr=["mfa"])
    assert with_one.get("/account/").status_code == 200
