"""The access matrix: every address of the program, tried as everybody in the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kommissorium.config.tests.visiting import (
    ASKED,
    NOT_ALLOWED,
    WHO,
    is_sign_in,
    rows,
    unwritten,
)


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
    "answer_by_link",
    "calendar_feed",
    "demo_cast",
    "demo_sign_in",
    "directory_callback",
    "directory_left",
    "directory_sign_in",
    "directory_signed_out",
    "health",
    "incident_intake",
    "incident_open_follow",
    "incident_open_report",
    "invitation",
    "email_by_link",
    "language",
    "metrics",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "reminders_by_link",
    "robots_txt",
    "schema",
    "security_txt",
    "wheel_calendar",
}


@pytest.mark.django_db
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.name}")
def test_access(row, samples, visitors):
    address = reverse(row.url_name, kwargs=samples.arguments(row.name))
    expected = {who: code for who, code in zip(WHO, row.expected, strict=True) if visits(who)}
    with statements() as asked:
        answers = {}
        for who in expected:
            with unwritten() if who in WALKED else nullcontext():
                answers[who] = answer_to(visitors[who], row.method, address, asked)
    assert {who: answer.status for who, answer in answers.items()} == expected, str(row)
    may = BOOKKEEPING | TOLD.get(f"{row.method} {row.url_name}", set())
    written = {who: answer.written - may for who, answer in answers.items() if answer.may_not_write}
    assert {who: tables for who, tables in written.items() if tables} == {}


def visits(who: str) -> bool:
    """Return whether somebody tries the addresses of this database.

    Rights are checked by the same program on both: everybody tries on SQLite, and on
    PostgreSQL the one to whom most addresses answer, since it is the answers that ask much.
    """
    return connection.vendor == "sqlite" or who == "coordinator"


# Their pages are all written and read through by the canaries, where they also click each link.
WALKED = {"executive", "auditor", "administrator", "employee", "system_owner", "neighbour"}


@dataclass(frozen=True)
class Answer:
    """A person's answer, and the tables that the request wrote in."""

    method: str
    status: str
    written: set[str]

    @property
    def may_not_write(self) -> bool:
        """Return whether the request must leave the tables alone: it only reads, or is denied."""
        return self.method == "GET" or self.status in (ASKED, "403", "404", NOT_ALLOWED)


# Sessions, how often somebody tried, and who read which case.
BOOKKEEPING = {"django_session", "core_cache", "accounts_reading"}
# Who tries to approve and may not is written down: the attempt outlasts the refusal.
TOLD = {
    "POST minutes_approval": {"core_event"},
    # What is taken out is frozen as it was handed out.
    "GET compliance_file": {"core_record", "compliance_frozenanswer"},
}
CODED = re.compile(r"[a-z]_[a-z0-9]")  # "gdpr_33", where a path to the page tells names


def crumbs_of(answer: Any) -> list[str]:
    """Return the names in the path to the page; none where the answer is no page."""
    return [str(one.label) for one in (answer.context or {}).get("breadcrumbs") or ()]


WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield the statements sent from now on; as they are sent, for reading them costs the least."""
    sent: list[str] = []

    def send(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        sent.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(send):
        yield sent


def answer_to(session: str, method: str, address: str, asked: list[str]) -> Answer:
    """Return the answer; changes by the request are undone."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    # As a form without a field filled in would come.
    data = {"csrfmiddlewaretoken": "x"} if method == "POST" else None
    before = len(asked)
    with transaction.atomic():
        answer = client.post(address, data) if data else client.get(address)
        transaction.set_rollback(True)
    assert [one for one in crumbs_of(answer) if CODED.search(one)] == [], "a code is no name"
    assert b"kl. kl." not in getattr(answer, "content", b"")
    written = {found[1] for one in asked[before:] if (found := WRITE.match(one))}
    return Answer(method, ASKED if is_sign_in(answer) else str(answer.status_code), written)
