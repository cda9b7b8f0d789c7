"""The second step: demanded, added, used, lost."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.urls import reverse

from kommissorium.accounts.actions import reset_second_step_from_server
from kommissorium.accounts.models import Municipality
from kommissorium.conftest import PASSWORD, address
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _on_the_way(settings):
    """A code is good for the half minute before and after: one may end on its way."""
    settings.MFA_TOTP_TOLERANCE = 1


def code_of(secret):
    _before, now, _after = counters()
    return format_hotp_value(hotp_value(secret, now))


@pytest.fixture
def with_app(cast):
    """The chair has an authenticator app and recovery codes."""
    TOTP.activate(cast.chair, SECRET)
    RecoveryCodes.activate(cast.chair)
    return cast.chair


@pytest.fixture
def _demanded(cast):
    Municipality.objects.update(mfa_required=True)


@pytest.mark.usefixtures("_demanded")
@pytest.mark.parametrize("path", ["/", "/people/", "/account/", "/account/password/change/"])
def test_where_it_is_demanded_no_page_opens_without_one(client_of, path):
    answer = client_of("coordinator").get(path)
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


@pytest.mark.usefixtures("_demanded")
def test_until_it_is_there_its_page_has_no_door_that_leads_back_to_it(client_of):
    html = client_of("coordinator").get(reverse("mfa_index")).content.decode()
    assert f'href="{reverse("account")}"' not in html
    main = html[html.index("</header>") :]
    for name in ("overview", "meetings", "people", "setup"):
        assert f'href="{reverse(name)}"' not in main, name


@pytest.mark.usefixtures("_demanded", "with_app")
def test_when_it_is_there_its_page_leads_on(client_of):
    html = client_of("chair").get(reverse("mfa_index")).content.decode()
    assert reverse("meetings") in html and 'class="button button-primary" href="/"' in html


@pytest.mark.usefixtures("_demanded")
def test_one_can_come_and_add_it_and_leave(client_of):
    browser = client_of("coordinator")
    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.get(reverse("mfa_activate_totp")).url.startswith("/account/confirmation/")
    assert browser.post(reverse("account_logout")).status_code == 302


@pytest.mark.usefixtures("_demanded")
def test_who_has_one_comes_in(with_app, client_of):
    assert client_of("chair").get("/account/").status_code == 200


def test_an_app_is_added_by_its_first_code(proven, django_capture_on_commit_callbacks):
    browser = proven("chair")
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    picture = browser.get(reverse("mfa_totp_qr"))
    assert picture["Content-Type"] == "image/svg+xml"
    wrong = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert len(browser.get(answer.url).context["unused_codes"]) == 10
    assert Event.objects.filter(act="accounts.authenticator_app_added").count() == 1
    assert OutboxMail.objects.get(kind="mfa.email.totp_activated").recipient == address("chair")


def test_there_is_no_picture_when_no_app_is_being_added(client_of):
    assert client_of("chair").get(reverse("mfa_totp_qr")).status_code == 404


def test_the_password_alone_does_not_let_in_who_has_an_app(with_app, nobody):
    first = nobody.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
    assert first.url == reverse("mfa_authenticate")
    assert nobody.get("/account/").url.startswith("/account/login/")
    wrong = nobody.post(first.url, {"code": "000000"})
    assert wrong.status_code == 400
    assert nobody.post(first.url, {"code": code_of(SECRET)}).url == reverse("overview")
    assert nobody.get("/account/").status_code == 200


def test_a_recovery_code_lets_in_once(with_app, nobody):
    browser = nobody
    codes = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    for status in (302, 400):
        browser.post("/account/logout/")
        browser.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
        answer = browser.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == status


def test_with_another_key_one_is_told_why_and_whom_to_ask(with_app, nobody, settings):
    codes = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap()
    recovery = codes.get_unused_codes()[0]
    settings.SECRET_KEY = "another key, and nobody kept the former one"
    nobody.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
    for code in (code_of(SECRET), recovery):
        answer = nobody.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == 400
        assert "kan ikke læses" in answer.content.decode()
    reset_second_step_from_server(with_app)
    with pytest.raises(Refused):
        reset_second_step_from_server(with_app)
    mail = OutboxMail.objects.get(kind="accounts.second_step_reset")
    assert "Den, der driver serveren, har fjernet" in mail.body
    nobody.post("/account/logout/")
    nobody.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
    assert nobody.get("/account/").status_code == 200


def test_a_code_of_the_app_works_once(with_app, nobody):
    code = code_of(SECRET)
    for status in (302, 400):
        nobody.post("/account/logout/")
        nobody.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
        assert nobody.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_a_code_of_a_minute_ago_lets_nobody_in(with_app, nobody, settings):
    del settings.MFA_TOTP_TOLERANCE  # as the program runs
    old = format_hotp_value(hotp_value(SECRET, next(counters()) - 2))
    nobody.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
    assert nobody.post(reverse("mfa_authenticate"), {"code": old}).status_code == 400


def test_a_new_password_by_mail_does_not_pass_the_second_step_by(with_app, nobody):
    nobody.post("/account/password/reset/", {"email": with_app.email})
    mail = OutboxMail.objects.get(kind="account.email.password_reset_key")
    path = re.search(r"/account/password/reset/\S+", mail.body)[0]
    values = dict.fromkeys(("password1", "password2"), "fire helt andre ord her")
    nobody.post(nobody.get(path).url, values)
    assert nobody.get("/account/").status_code == 302
    known = {"login": with_app.email, "password": values["password1"]}
    assert nobody.post("/account/login/", known).url == reverse("mfa_authenticate")
    assert nobody.get("/account/").status_code == 302


def test_one_can_turn_back_at_the_second_step(with_app, nobody):
    nobody.post("/account/login/", {"login": with_app.email, "password": PASSWORD})
    nobody.post("/account/logout/", {"next": "/account/login/"})
    assert nobody.get("/account/login/").status_code == 200


def test_nobody_adds_or_removes_a_step_without_proving_who_they_are(with_app, client_of):
    browser = client_of("chair")
    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = browser.post(reverse(name))
        assert answer.url.startswith("/account/confirmation/"), name
    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_removing_the_app_removes_the_codes_and_is_told(with_app, proven):
    assert proven("chair").post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert Event.objects.filter(act="accounts.authenticator_app_removed").count() == 1
    assert OutboxMail.objects.filter(kind="mfa.email.totp_deactivated").count() == 1


def test_the_codes_can_be_kept_as_a_file_with_a_danish_name(with_app, proven):
    answer = proven("chair").get(reverse("mfa_download_recovery_codes"))
    assert len(re.findall(r"^\d{8}$", answer.content.decode(), re.MULTILINE)) == 10
    assert answer["Content-Disposition"].endswith('.txt"')


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "account_change_password",
    ],
)
def test_every_page_of_the_second_step_opens_in_our_frame(with_app, proven, name):
    answer = proven("chair").get(reverse(name))
    assert answer.status_code == 200
    assert "base.html" in [template.name for template in answer.templates] or (
        "plain.html" in [template.name for template in answer.templates]
    )


def test_no_page_runs_a_script_or_style_that_the_policy_forbids(with_app, proven, nobody):
    browser = proven("chair")
    pages = [browser.get(reverse(n)) for n in ("mfa_add_webauthn", "mfa_index", "account")]
    pages += [nobody.get("/account/login/")]
    for page in pages:
        html = page.content.decode()
        scripts = re.findall(r"<script([^>]*)>", html)
        assert scripts
        assert all("src=" in attrs or "application/json" in attrs for attrs in scripts)
        assert " style=" not in html
        assert not re.search(r"\son[a-z]+=", html)
