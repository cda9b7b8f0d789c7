"""The length of a sign-in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.middleware import IDLE, SEEN, STARTED, TOO_LONG
from kommissorium.conftest import PASSWORD, address


def turn_back(browser, key, **ago):
    session = browser.session
    session[key] = (timezone.now() - timedelta(**ago)).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("key", "ago", "reason"),
    [(SEEN, {"minutes": 31}, IDLE), (STARTED, {"hours": 10, "minutes": 1}, TOO_LONG)],
)
def test_a_sign_in_ends_by_itself_and_says_why(client_of, key, ago, reason):
    browser = client_of("chair")
    browser.get("/account/")
    turn_back(browser, key, **ago)
    answer = browser.get("/account/", follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/account/", 302)]
    assert [str(message) for message in answer.context["messages"]] == [str(reason)]


@pytest.mark.parametrize(("key", "ago"), [(SEEN, {"minutes": 29}), (STARTED, {"hours": 9})])
def test_before_that_it_lasts(client_of, key, ago):
    browser = client_of("chair")
    browser.get("/account/")
    turn_back(browser, key, **ago)
    assert browser.get("/account/").status_code == 200


@pytest.mark.parametrize("key", [SEEN, STARTED])
def test_a_clock_set_back_makes_no_sign_in_last_longer(client_of, key):
    browser = client_of("chair")
    browser.get("/account/")
    turn_back(browser, key, days=-1)
    assert browser.get("/account/").status_code == 302


def test_a_clock_set_back_a_little_signs_nobody_out(client_of):
    browser = client_of("chair")
    browser.get("/account/")
    turn_back(browser, SEEN, minutes=-20)
    assert browser.get("/account/").status_code == 200
    assert datetime.fromisoformat(browser.session[SEEN]) <= timezone.now()


def test_a_form_sent_too_late_does_not_lead_back_to_a_post(nobody):
    assert nobody.post("/people/add/", {"name": "x"}).url == "/account/login/"


def with_session(key):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def test_a_cookie_from_before_signing_out_opens_nothing(client_of):
    browser = client_of("chair")
    kept = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert with_session(kept).get("/account/").status_code == 200
    browser.post("/account/logout/")
    assert with_session(kept).get("/account/").status_code == 302


def test_a_session_from_before_the_sign_in_is_not_the_one_after(nobody):
    session = nobody.session
    session["something"] = "an attacker knows this one"
    session.save()
    before = session.session_key
    nobody.cookies[settings.SESSION_COOKIE_NAME] = before
    answer = nobody.post("/account/login/", {"login": address("chair"), "password": PASSWORD})
    after = answer.cookies[settings.SESSION_COOKIE_NAME].value
    assert before != after and len(after) >= 32
    assert with_session(before).get("/account/").status_code == 302
    assert with_session(after).get("/account/").status_code == 200


def test_who_proves_anew_who_they_are_gets_a_new_session(client_of):
    browser = client_of("chair")
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/account/confirmation/", {"password": "forkert"})
    assert with_session(before).get("/account/").status_code == 200
    browser.post("/account/confirmation/", {"password": PASSWORD})
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert with_session(before).get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200


LEFT = "/account/sign-in/left/"


def test_a_page_can_ask_how_long_the_sign_in_lasts_and_that_is_no_use_of_it(client_of, cast):
    browser = client_of("chair")
    assert f'<meta name="sign-in" content="{LEFT}"' in browser.get("/account/").text
    turn_back(browser, SEEN, minutes=29)
    told = browser.get(LEFT).json()
    assert 50 < told["seconds"] <= 60
    assert told["whose"] == str(cast.chair.pseudonym)
    assert browser.get(LEFT).json()["seconds"] <= 60
    assert browser.get(f"{LEFT}?stay=1").json()["seconds"] > 1700
    turn_back(browser, STARTED, hours=9, minutes=59)
    assert browser.get(f"{LEFT}?stay=1").json()["seconds"] <= 60
    turn_back(browser, SEEN, minutes=31)
    assert browser.get(LEFT).status_code == 302


def test_signing_out_clears_what_the_browser_may_have_kept(client_of):
    assert (
        client_of("chair").post("/account/logout/").headers["Clear-Site-Data"]
        == '"cache", "storage"'
    )
