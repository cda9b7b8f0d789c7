"""People see where they are signed in, and end it there."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from kommissorium.accounts.actions.own_sign_ins import OTHERS, browser_of, sign_ins_of
from kommissorium.accounts.models import Person
from kommissorium.conftest import PASSWORD, address, prove
from kommissorium.core.evidence.models import Event

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
)
END = "/account/sign-ins/end/"


def browser(who: str, agent: str = FIREFOX) -> Client:
    """Return a browser in which somebody signed in just now."""
    found = Client(headers={"User-Agent": agent})
    found.post("/account/login/", {"login": address(who), "password": PASSWORD})
    assert found.get("/account/").status_code == 200
    return prove(found)


def is_signed_in(one: Client) -> bool:
    return one.get("/account/").status_code == 200


def elsewhere(person: Person, this: Client) -> list[str]:
    found = sign_ins_of(person, this.session.session_key)
    return [one.name for one in found if not one.is_this]


def test_one_sees_where_one_is_signed_in_and_nobody_elses(cast) -> None:
    here, phone, other = browser("chair"), browser("chair", SAFARI), browser("member", EDGE)
    shown = here.get("/account/").text
    assert [(one.browser, one.is_this) for one in here.get("/account/").context["sign_ins"]] == [
        ("Safari, iPhone", False),
        ("Firefox, Windows", True),
    ]
    assert "Edge" not in shown
    assert "Sign out everywhere else" not in other.get("/account/").text
    for one in (here, phone):
        assert str(one.session.session_key) not in shown


@pytest.mark.parametrize(
    ("agent", "called"),
    [(FIREFOX, "Firefox, Windows"), (SAFARI, "Safari, iPhone"), (EDGE, "Edge, Windows"), ("x", "")],
)
def test_a_browser_is_called_by_its_name_and_its_system(agent: str, called: str) -> None:
    assert browser_of(agent) == called


def test_one_is_ended_and_the_others_stay(cast) -> None:
    here, phone, laptop = browser("chair"), browser("chair", SAFARI), browser("chair", EDGE)
    [of_the_phone] = [
        one.name
        for one in sign_ins_of(cast.chair, here.session.session_key)
        if one.browser.startswith("Safari")
    ]
    assert here.post(END, {"which": of_the_phone}).url == "/account/#sign-ins"
    assert [is_signed_in(one) for one in (here, phone, laptop)] == [True, False, True]
    event = Event.objects.latest("seq")
    assert (event.act, event.actor) == ("accounts.sign_ins_ended", str(cast.chair.pseudonym))


def test_all_others_are_ended(cast) -> None:
    here, phone, other = browser("chair"), browser("chair", SAFARI), browser("member")
    here.post(END, {"which": OTHERS})
    assert [is_signed_in(one) for one in (here, phone, other)] == [True, False, True]
    before = Event.objects.count()
    here.post(END, {"which": OTHERS})
    assert Event.objects.count() == before


def test_nobody_ends_the_sign_in_of_another(cast) -> None:
    here, other = browser("chair"), browser("member")
    for which in (*elsewhere(cast.member, here), str(other.session.session_key), "", "x"):
        here.post(END, {"which": which})
    assert is_signed_in(other)


def test_to_end_them_one_proves_anew_who_one_is(cast) -> None:
    here, phone = browser("chair"), browser("chair", SAFARI)
    session = here.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()
    answer = here.post(END, {"which": OTHERS})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert is_signed_in(phone)
    here.post(answer.url, {"password": PASSWORD})
    assert [is_signed_in(one) for one in (here, phone)] == [True, False]


def test_another_second_step_ends_the_sign_ins_elsewhere(cast) -> None:
    here, phone = browser("chair"), browser("chair", SAFARI)
    TOTP.activate(cast.chair, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    answer = here.post(reverse("mfa_deactivate_totp"), follow=True)
    assert [is_signed_in(one) for one in (here, phone)] == [True, False]
    assert "Du er logget ud alle andre steder." in answer.text


def test_a_sign_in_that_holds_no_more_is_not_shown(cast) -> None:
    here, phone = browser("chair"), browser("chair", SAFARI)
    phone.post("/account/logout/")
    assert elsewhere(cast.chair, here) == []
    Person.objects.filter(pk=cast.chair.pk).update(sign_in_epoch=7)
    cast.chair.refresh_from_db()
    assert Session.objects.count() == 1
    assert sign_ins_of(cast.chair, None) == []
