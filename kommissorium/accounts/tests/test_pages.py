"""Rules that hold for every page of this room."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

PAGES = [
    "/account/",
    "/account/logout/",
    "/account/password/change/",
    "/account/second-step/",
    "/account/second-step/app/add/",
    "/account/second-step/passkeys/",
    "/account/second-step/passkeys/add/",
    "/people/",
    "/people/export/",
    "/people/add/",
    "/people/{member}/",
    "/people/{member}/?history=all",
    "/people/{member}/edit/",
    "/people/{member}/closure/",
    "/people/{member}/reopening/",
    "/people/{member}/roles/add/",
    "/people/{member}/second-step-reset/",
    "/people/{auditor}/roles/{role}/end/",
]


@pytest.fixture
def address_of(cast):
    def fill(page):
        return page.format(
            member=cast.member.pk, auditor=cast.auditor.pk, role=cast.auditor.roles.get().pk
        )

    return fill


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_it_opens_in_both_languages_with_few_questions(proven, address_of, page, language):
    browser = proven("administrator")
    browser.post(reverse("language"), {"language": language})
    # The sign-in library asks for each kind of second step by itself.
    most = 14 if page.endswith("add/") and "second-step" in page else 12
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address_of(page))
    assert len(asked) <= most
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    assert answer["Cache-Control"].startswith(("no-store", "max-age=0"))


@pytest.mark.parametrize("page", [page for page in PAGES if "export" not in page])
def test_it_has_one_heading_that_is_also_its_title(proven, address_of, page):
    html = proven("administrator").get(address_of(page)).content.decode()
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    (title,) = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title == f"{heading} – Kommissorium"


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_it_without_signing_in(nobody, address_of, page):
    if page == "/account/logout/":
        assert nobody.get(page).url == reverse("account_login")
        return
    assert nobody.get(address_of(page)).url.startswith("/account/login/?next=")


@pytest.mark.parametrize("page", [page for page in PAGES if "{" in page])
def test_an_outsider_finds_nothing_and_changes_nothing(client_of, address_of, page):
    browser = client_of("employee")
    assert browser.get(address_of(page)).status_code == 404
    assert browser.post(address_of(page)).status_code in {404, 405}
