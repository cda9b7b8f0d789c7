"""The page of the municipality's own sign-in, and a trial that signs nobody in."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.accounts.tests.counterpart import OTHER_KEY, Counterpart, come_back, running
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event

PAGE, TRIAL = "/settings/sign-in/", "/settings/sign-in/trial/"


def tried(browser: Client, directory: Counterpart, **claims: Any) -> Any:
    """Try the sign-in with these claims; return the page of what would come of it."""
    answer = browser.post(TRIAL)
    assert answer.status_code == 303, answer.content.decode()
    directory.claims = {"sub": "1", **claims}
    return come_back(browser, answer["Location"], directory.authorize(answer["Location"]))


def tones(answer: Any) -> dict[str, str]:
    return {one.about: one.tone for one in answer.context["outcomes"]}


@pytest.fixture
def before(cast: Cast) -> dict[str, int]:
    return {"events": Event.objects.count()}


def nothing_was_done(before: dict[str, int]) -> bool:
    linked = Person.objects.exclude(directory_account=None).exists()
    return Event.objects.count() == before["events"] and not linked


def test_a_trial_says_what_would_come_of_it_and_does_nothing(
    directory, cast, client_of, before
) -> None:
    browser = client_of("administrator")
    email = cast.system_owner.email
    now = int(timezone.now().timestamp())
    answer = tried(browser, directory, email=email, email_verified=True, amr=["mfa"], auth_time=now)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert set(tones(answer).values()) == {"success"}
    assert f"Bliver forbundet med {cast.system_owner.name}" in html
    assert "<code>amr</code>" in html and "<script" not in html.partition("<main")[2]
    assert nothing_was_done(before)
    assert browser.session["_auth_user_id"] == str(cast.administrator.pk)


def test_a_trial_says_what_lacks(directory, client_of, before) -> None:
    answer = tried(client_of("coordinator"), directory, email="x@example.dk")
    assert list(tones(answer).values()) == ["success", "warning", "warning", "warning", "error"]
    none = tried(client_of("coordinator"), directory, sub=None)
    assert list(tones(none).values()) == ["error", "warning", "warning", "error"]
    assert nothing_was_done(before)


@pytest.mark.parametrize(("is_active", "tone"), [(True, "success"), (False, "error")])
def test_a_trial_names_who_is_linked(directory, cast, client_of, is_active, tone) -> None:
    account = directory.settings.named("1")
    found = Person.objects.filter(pk=cast.member.pk)
    found.update(directory_account=account, is_active=is_active)
    answer = tried(client_of("administrator"), directory)
    assert tones(answer)["Person"] == tone and cast.member.name in answer.content.decode()


def test_a_trial_tells_the_reason_why_it_does_not_hold(directory, client_of, before) -> None:
    browser = client_of("administrator")
    directory.key = OTHER_KEY
    answer = tried(browser, directory)
    assert answer.status_code == 502
    assert "its signature or form: InvalidSignatureError" in answer.content.decode()
    there = browser.post(TRIAL)["Location"]
    gone = come_back(browser, there, "", error="invalid_scope", error_description="<b>email</b>")
    assert gone.status_code == 502
    assert "invalid_scope: &lt;b&gt;email&lt;/b&gt;" in gone.content.decode()
    assert nothing_was_done(before)


def test_a_trial_tells_why_the_directory_is_away(settings, cast, client_of) -> None:
    with running() as gone:
        settings.DIRECTORY = gone.settings
    answer = client_of("administrator").post(TRIAL)
    assert answer.status_code == 502 and "does not answer: URLError" in answer.content.decode()


def test_a_trial_is_answered_to_whoever_began_it_and_once(directory, cast, client_of) -> None:
    browser = client_of("administrator")
    there = browser.post(TRIAL)["Location"]
    code = directory.authorize(there)
    browser.force_login(cast.coordinator)
    assert come_back(browser, there, code).status_code in {400, 404}
    browser = client_of("administrator")
    there = browser.post(TRIAL)["Location"]
    assert come_back(browser, there, directory.authorize(there)).status_code == 200
    assert come_back(browser, there, "x").status_code == 400


def test_the_page_says_how_it_is_set_up_and_who_is_not_linked(
    directory, settings, cast, client_of
) -> None:
    browser = client_of("administrator")
    Person.objects.filter(pk=cast.member.pk).update(directory_account="x 1")
    html = browser.get(PAGE).content.decode()
    assert "1 person er forbundet" in html and "Adgangskoder og adgangsnøgler" in html
    number = Person.objects.active().count() - 1
    assert f"Se, hvem der ikke er: {number}" in html
    people = browser.get("/people/?directory=unlinked").content.decode()
    assert cast.member.name not in people.partition("<table")[2] and cast.chair.name in people
    assert "http://127.0.0.1:8000/account/directory/answer/" in html
    settings.DIRECTORY = dataclasses.replace(
        directory.settings, tenant="t-1", break_glass="noed@x.dk"
    )
    only = client_of("administrator").get(PAGE).content.decode()
    assert "nødlogin for noed@x.dk" in only and "t-1" in only and "hemmelig" not in only


def test_without_a_directory_the_page_says_how_to_name_one(cast, client_of) -> None:
    html = client_of("coordinator").get(PAGE).content.decode()
    assert "KOMMISSORIUM_OIDC_ISSUER" in html and TRIAL not in html
