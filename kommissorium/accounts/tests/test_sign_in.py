"""Signing in and out, and forgotten passwords."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse

from kommissorium.accounts.adapter import AccountAdapter
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.password_words import WORDS
from kommissorium.conftest import PASSWORD, address
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail

NEW = "fire helt andre ord her"
LOGIN = "/account/login/"


def sign_in(browser, email, password=PASSWORD, **more):
    return browser.post(LOGIN, {"login": email, "password": password, **more})


def test_e_mail_and_password_lead_to_the_overview(nobody):
    answer = sign_in(nobody, address("chair"))
    assert (answer.status_code, answer.url) == (302, reverse("overview"))


def test_the_case_of_the_e_mail_does_not_matter(nobody):
    assert sign_in(nobody, address("chair").upper()).status_code == 302


def test_one_comes_to_the_page_one_asked_for(nobody):
    asked = nobody.get("/people/?q=bo")
    assert asked.url == f"{LOGIN}?next=/people/%3Fq%3Dbo"
    answer = sign_in(nobody, address("coordinator"), next="/people/?q=bo")
    assert answer.url == "/people/?q=bo"


def test_nobody_is_led_to_another_site(nobody):
    answer = sign_in(nobody, address("chair"), next="https://evil.example/")
    assert answer.url == reverse("overview")


@pytest.mark.parametrize(
    ("email", "password"),
    [(address("chair"), "forkert"), ("ukendt@tryllerup.example", PASSWORD)],
)
def test_wrong_and_unknown_are_answered_alike(nobody, email, password):
    answer = sign_in(nobody, email, password)
    assert answer.status_code == 400
    errors = answer.context["form"].non_field_errors()
    assert list(errors) == [sentence("email_password_mismatch")]


def sentence(code):
    return str(AccountAdapter.error_messages[code])


def test_after_five_wrong_passwords_even_the_right_one_waits(nobody):
    for _attempt in range(5):
        sign_in(nobody, address("chair"), "forkert")
    answer = sign_in(nobody, address("chair"))
    assert answer.status_code == 400
    assert sentence("too_many_login_attempts") in answer.content.decode()


def test_a_closed_login_leads_to_a_page_that_says_so(cast, nobody):
    Person.objects.filter(pk=cast.chair.pk).update(is_active=False)
    answer = sign_in(nobody, address("chair"))
    assert answer.url == reverse("account_inactive")
    assert nobody.get(answer.url).status_code == 200


def test_a_closed_login_ends_at_once_where_it_is_open(cast, client_of):
    browser = client_of("chair")
    assert browser.get("/account/").status_code == 200
    Person.objects.filter(pk=cast.chair.pk).update(is_active=False)
    assert browser.get("/account/").status_code == 302


def test_who_was_never_invited_cannot_sign_in(nobody, newcomer):
    assert sign_in(nobody, newcomer.email, "").status_code == 400


def test_signing_out_leads_back_to_the_sign_in(client_of):
    browser = client_of("chair")
    assert browser.get("/account/logout/").status_code == 200
    assert browser.post("/account/logout/").url == LOGIN
    assert browser.get("/account/").status_code == 302


@pytest.mark.parametrize("path", ["/", "/account/", "/people/", "/account/second-step/"])
def test_every_page_has_the_way_out(client_of, path):
    html = client_of("coordinator").get(path).content.decode()
    assert f'action="{reverse("account_logout")}"' in html


@pytest.mark.parametrize(
    "path",
    [
        "/account/signup/",
        "/account/email/",
        "/account/password/set/",
        "/account/login/code/",
        "/account/3rdparty/",
        "/account/confirm-email/x/",
    ],
)
def test_what_the_library_can_do_besides_is_shut(client_of, path):
    assert client_of("administrator").get(path).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_no_page_of_that_name_exists(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def ask_for_link(browser, email):
    return browser.post("/account/password/reset/", {"email": email})


def reset_links():
    kind = "account.email.password_reset_key"
    bodies = OutboxMail.objects.filter(kind=kind).values_list("body", flat=True)
    return [re.search(r"http\S+", body).group() for body in bodies]


def test_a_forgotten_password_is_replaced_by_a_link_from_a_mail(nobody, client_of):
    elsewhere = client_of("chair")
    assert ask_for_link(nobody, address("chair")).url == reverse("account_reset_password_done")
    (link,) = reset_links()
    assert link.startswith(settings.SITE_URL)
    path = link.removeprefix(settings.SITE_URL)
    form_page = nobody.get(path)
    assert "set-password" in form_page.url, "the key leaves the address"
    values = {"password1": NEW, "password2": NEW}
    assert nobody.post(form_page.url, values).url == reverse("account_reset_password_from_key_done")
    assert nobody.get(path).status_code == 410, "a link works once"
    assert elsewhere.get("/account/").status_code == 302, "other sign-ins end"
    assert sign_in(nobody, address("chair"), NEW).status_code == 302
    assert Event.objects.filter(act="accounts.password_changed").count() == 1
    assert OutboxMail.objects.filter(kind="account.email.password_reset").count() == 1


def test_the_mail_speaks_the_language_of_its_reader(cast, nobody):
    Person.objects.filter(pk=cast.chair.pk).update(language="en")
    ask_for_link(nobody, address("chair"))
    mail = OutboxMail.objects.get(kind="account.email.password_reset_key")
    assert mail.subject == "Choose a new password for Kommissorium"


def test_a_forged_host_does_not_reach_the_mail(nobody):
    nobody.post(
        "/account/password/reset/", {"email": address("chair")}, headers={"host": "localhost"}
    )
    (link,) = reset_links()
    assert link.startswith(settings.SITE_URL)


@pytest.mark.parametrize("email", ["ukendt@tryllerup.example", address("system_owner")])
def test_strangers_and_the_uninvited_get_no_link_and_are_told_the_same(nobody, email):
    assert ask_for_link(nobody, email).url == reverse("account_reset_password_done")
    assert OutboxMail.objects.count() == 0


def test_changing_the_password_ends_every_sign_in(client_of, nobody):
    browser, elsewhere = client_of("chair"), client_of("chair")
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/account/password/change/", values).url == LOGIN
    assert browser.get("/account/").status_code == 302
    assert elsewhere.get("/account/").status_code == 302
    assert sign_in(nobody, address("chair"), NEW).status_code == 302


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"oldpassword": "forkert"}, "oldpassword"),
        ({"password1": "kort", "password2": "kort"}, "password1"),
        ({"password2": "noget helt andet"}, "password2"),
    ],
)
def test_a_poor_change_of_password_says_what_is_wrong_beside_the_field(client_of, changed, field):
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **changed}
    answer = client_of("chair").post("/account/password/change/", values)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_who_has_no_password_has_none_to_change(cast, client_of):
    browser = client_of(cast.system_owner)
    assert browser.get("/account/password/change/").status_code == 404


def test_too_many_requests_for_links_are_told_to_wait(nobody):
    for _attempt in range(5):
        ask_for_link(nobody, address("chair"))
    assert ask_for_link(nobody, address("chair")).status_code == 429


def password_fields(html):
    return re.findall(r"<input[^>]*name=\"(?:old)?password\d?\"[^>]*>", html)


@pytest.mark.parametrize(
    ("path", "who", "number"),
    [(LOGIN, "nobody", 1), ("/account/password/change/", "chair", 3)],
)
def test_a_password_is_hidden_and_left_to_password_managers(nobody, client_of, path, who, number):
    browser = nobody if who == "nobody" else client_of(who)
    fields = password_fields(browser.get(path).content.decode())
    assert len(fields) == number
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r"autocomplete=\"(current|new)-password\"", field)
        assert "maxlength" not in field and "onpaste" not in field


def test_a_long_password_counts_to_its_last_letter(client_of, nobody):
    long = " ÆØÅ æøå 漢字 " + "x" * 120 + "!"
    values = {"oldpassword": PASSWORD, "password1": long, "password2": long}
    assert client_of("chair").post("/account/password/change/", values).url == LOGIN
    assert sign_in(nobody, address("chair"), long[:-1]).status_code == 400
    assert sign_in(nobody, address("chair"), long.strip()).status_code == 400
    assert sign_in(nobody, address("chair"), long.lower()).status_code == 400
    assert sign_in(nobody, address("chair"), long).status_code == 302


def test_no_password_is_made_of_the_words_around_here(client_of):
    name = Municipality.current().name
    for poor in (f"{name} 2026!", f"Kommissorium{name}", "adgangskode-password", name * 3):
        values = {"oldpassword": PASSWORD, "password1": poor, "password2": poor}
        answer = client_of("chair").post("/account/password/change/", values)
        assert answer.status_code == 400, poor
        assert list(answer.context["form"].errors) == ["password1"]
    good = f"{name} med fire sjove ord"
    values = {"oldpassword": PASSWORD, "password1": good, "password2": good}
    assert client_of("chair").post("/account/password/change/", values).url == LOGIN


@pytest.mark.parametrize(
    "known", ["leavemealone", "LeaveMeAlone", "123qweasdzxc", "friend of joan"]
)
def test_no_password_is_one_that_thieves_know(known):
    """The 3,000 most common ones of this length are a part of those that are known from breaches."""
    with pytest.raises(ValidationError) as refused:
        validate_password(known)
    assert [one.code for one in refused.value.error_list] == ["password_too_common"]
    validate_password(f"{known} og fire ord til")


def test_the_documentation_lists_those_words():
    text = (Path(__file__).parents[3] / "docs" / "security.md").read_text(encoding="utf-8")
    assert [word for word in WORDS if f"`{word}`" not in text] == []
