"""The log says who came in and what was refused, and nothing that was typed."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kommissorium.conftest import PASSWORD, Cast, address
from kommissorium.core.ui.log import VisitorsFilter

LOGIN = "/account/login/"
WRONG = "en forkert adgangskode"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.INFO, "kommissorium")
    return lambda: [one.getMessage() for one in caplog.records if ".sign" in one.name]


def sign_in(browser: Client, email: str, password: str = PASSWORD) -> None:
    browser.post(LOGIN, {"login": email, "password": password})


def test_who_comes_in_is_written_down(cast: Cast, nobody: Client, lines) -> None:
    sign_in(nobody, address("chair"))
    assert lines() == [f"signed in: {cast.chair.pseudonym} from 127.0.0.1 by password"]
    nobody.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert lines()[1].startswith(f"signed in: {cast.chair.pseudonym} from 127.0.0.1 by password")


def test_what_is_refused_is_written_down_and_not_what_was_typed(cast, nobody, lines) -> None:
    sign_in(nobody, address("chair"), WRONG)
    sign_in(nobody, "ukendt@tryllerup.example", WRONG)
    nobody.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
    assert lines() == [
        f"refused: password, {cast.chair.pseudonym} from 127.0.0.1",
        "refused: password, nobody known from 127.0.0.1",
        "refused: passkey, nobody known from 127.0.0.1",
    ]
    assert WRONG not in " ".join(lines()) and "ukendt" not in " ".join(lines())


def test_a_wrong_second_step_and_a_wrong_proof_are_written_down(cast, nobody, lines) -> None:
    TOTP.activate(cast.chair, "JBSWY3DPEHPK3PXP")
    sign_in(nobody, address("chair"))
    nobody.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert lines() == [f"refused: second step, {cast.chair.pseudonym} from 127.0.0.1"]
    other = Client()
    sign_in(other, address("member"))
    other.post(reverse("account_reauthenticate"), {"password": WRONG})
    whose = cast.member.pseudonym
    assert lines()[-1] == f"refused: password, asked for once more, {whose} from 127.0.0.1"


def test_a_limit_that_is_met_is_written_down(cast, nobody, lines) -> None:
    for _one in range(6):
        sign_in(nobody, address("chair"), WRONG)
    assert lines()[-1] == f"refused: too many attempts, {cast.chair.pseudonym} from 127.0.0.1"


def test_the_line_of_a_refusal_says_whose_it_was(cast, client_of, caplog) -> None:
    path = f"/people/{cast.chair.pk}/edit/"
    with caplog.filtering(VisitorsFilter()):
        assert client_of("auditor").get(path).status_code in {403, 404}
    assert f"{path} by {cast.auditor.pseudonym}" in caplog.text
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["visitors"]
