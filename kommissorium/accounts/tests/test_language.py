"""Choosing the language."""

from __future__ import annotations

import pytest

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Event


def choose(browser, language, **more):
    return browser.post("/language/", {"language": language, **more})


def test_a_person_keeps_the_language_they_chose(cast, client_of):
    browser = client_of("chair")
    assert browser.get("/account/")["Content-Language"] == "da"
    assert choose(browser, "en", next="/account/").url == "/account/"
    assert browser.get("/account/")["Content-Language"] == "en"
    assert Person.objects.get(pk=cast.chair.pk).language == "en"
    assert Event.objects.filter(act="accounts.language_chosen").count() == 1


def test_before_sign_in_the_browser_keeps_it(nobody):
    choose(nobody, "en")
    assert nobody.get("/account/login/")["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["", "de", "../en"])
def test_a_language_we_do_not_speak_changes_nothing(cast, client_of, language):
    choose(client_of("chair"), language)
    assert Person.objects.get(pk=cast.chair.pk).language == "da"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_one_is_not_led_to_another_site(nobody, address):
    assert choose(nobody, "en", next=address).url == "/"


def test_looking_at_the_address_changes_nothing(client_of):
    assert client_of("chair").get("/language/").status_code == 405
