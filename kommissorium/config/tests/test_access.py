"""Who comes in where: every address of the program, tried as everybody in the table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from kommissorium.config.tests.access_samples import Samples, make_samples
from kommissorium.config.tests.access_table import TABLE
from kommissorium.conftest import find_cast, plan

WHO = (
    "anonymous",
    "administrator",
    "coordinator",
    "chair",
    "dpo",
    "member",
    "executive",
    "auditor",
    "employee",
    "system_owner",
)
ASKED = "-"  # sent to the sign-in page
NOT_ALLOWED = "405"


@dataclass(frozen=True)
class Row:
    """A line of the table: a method, an address (perhaps of a special sample) and statuses."""

    method: str
    name: str
    expected: tuple[str, ...]

    @property
    def url_name(self) -> str:
        return self.name.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.method:5}{self.name:36}{''.join(f'{code:>5}' for code in self.expected)}"


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.splitlines() if line.strip() and line[0] != "#"]
    return [Row(method, name, tuple(codes)) for method, name, *codes in lines]


def url_names(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """Yield the name of every address, nested ones included."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns)
        else:
            assert pattern.name, f"the address {pattern.pattern} has no name"
            yield pattern.name


def test_every_address_stands_in_the_table_and_no_other():
    tabled, real = {row.url_name for row in rows()}, set(url_names())
    assert sorted(real - tabled) == [], "addresses that are not in the table"
    assert sorted(tabled - real) == [], "rows of the table whose address is gone"


def test_no_name_is_given_twice():
    names, lines = sorted(url_names()), sorted((row.method, row.name) for row in rows())
    assert [name for name in set(names) if names.count(name) > 1] == []
    assert [line for line in set(lines) if lines.count(line) > 1] == []


def test_an_address_that_only_takes_post_is_tried_by_post():
    posted = {row.url_name for row in rows() if row.method == "POST"}
    acts = {row.url_name for row in rows() if row.method == "GET" and NOT_ALLOWED in row.expected}
    assert sorted(acts - posted) == []


def test_nobody_who_is_not_signed_in_sees_anything_but_the_open_pages():
    inside = [row.name for row in rows() if row.expected[0] != ASKED]
    assert set(inside) <= OPEN


# Reviewed by hand: pages for people who are not signed in.
OPEN = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "demo_cast",
    "demo_sign_in",
    "health",
    "invitation",
    "language",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "robots_txt",
    "security_txt",
}


@pytest.fixture(scope="module")
def samples(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Samples]:
    """The objects, made once for all rows and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = find_cast()
        yield make_samples(cast, plan(cast))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(samples: Samples) -> dict[str, str]:
    """The session of every column, of people who proved a moment ago who they are."""
    return {who: proven_session(who) for who in WHO}


def proven_session(who: str) -> str:
    client = Client()
    if who == "anonymous":
        return ""
    client.force_login(find_cast().who(who))
    session = client.session
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return str(session.session_key)


@pytest.mark.django_db
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.name}")
def test_access(row, samples, visitors):
    address = reverse(row.url_name, kwargs=samples.arguments(row.name))
    found = tuple(status(visitors[who], row.method, address) for who in WHO)
    actual = Row(row.method, row.name, found)
    assert str(actual) == str(row), dict(
        zip(WHO, zip(row.expected, found, strict=True), strict=True)
    )


def status(session: str, method: str, address: str) -> str:
    """Return what the answer was; whatever the request changed is undone."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    # As a form without a field filled in would come.
    data = {"csrfmiddlewaretoken": "x"} if method == "POST" else None
    with transaction.atomic():
        answer = client.post(address, data) if data else client.get(address)
        transaction.set_rollback(True)
    return ASKED if is_sign_in(answer) else str(answer.status_code)


def is_sign_in(answer: HttpResponseBase) -> bool:
    to_sign_in = answer.headers.get("Location", "").partition("?")[0] == reverse("account_login")
    return answer.status_code == 302 and to_sign_in
