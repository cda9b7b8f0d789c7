"""Nothing of a closed item, and nothing of the registers, reaches anybody who may not see it.

Each text of everything closed in the samples holds one word, and each text of the registers that
is none of the system owner's business another. They are searched in all that the program hands
out: pages with whatever they link to, files of all kinds, calendars and mails.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from urllib.parse import parse_qsl, urljoin

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import is_valid_path, resolve, reverse
from django.utils import timezone

from kommissorium.config.tests.rooms import brought
from kommissorium.config.tests.searching import answers_with, body_of, holds
from kommissorium.config.tests.visiting import WHO, rows
from kommissorium.conftest import time_is
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.deep import DEEP, LONG, in_turn
from kommissorium.core.tests.samples import CANARY, FOREIGN, Samples
from kommissorium.meetings import minutes_editions
from kommissorium.secretariat.daily_reminders import remind_today

# Some ten thousand pages. What a person may see is held on both databases by the access matrix.
pytestmark = pytest.mark.once

# Who read much meet most pages in the access matrix, too: on each date one of them reads all.
READERS = in_turn(("executive", "auditor", "administrator"))
NAMED = ("coordinator", "chair", "dpo", "member")  # they hold a seat
OUTSIDERS = ("anonymous", "administrator", "employee", "system_owner")  # who do not read all
# What the rooms say of themselves: the forms of a file, questions asked by hand, to which no link
# of a page leads, and what shows what is hidden from others to those who may read it.
ROOMS = [vars(module) for module in brought("canaries").values()]
FORMS = {name: forms for room in ROOMS for name, forms in room.get("FORMS", {}).items()}
ASKED = {name: queries for room in ROOMS for name, queries in room.get("ASKED", {}).items()}
SEARCHED = [
    (word, *one)
    for room in ROOMS
    for word, named in ((CANARY, "SHOWING"), (FOREIGN, "SHOWING_FOREIGN"))
    for one in room.get(named, [])
]
PRYING = [one for room in ROOMS for one in room.get("PRYING", [])]
FEWEST = {"executive": 150, "auditor": 150, "administrator": 40}
LINK = re.compile(r'href="([^"#]*)')


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*READERS, *(who for who in WHO if who not in {*NAMED, *FEWEST})])
def test_nothing_reaches_who_may_not_see_it(who, samples, visitors):
    hidden = [CANARY, *([FOREIGN] if who in OUTSIDERS else [])]
    seen, told = 0, []
    for address, answer in walk(visitors[who], samples):
        seen += answer.status_code == HTTPStatus.OK
        told += [f"{word} {address}" for word in hidden if answers_with(answer, word)]
    assert told == []
    assert seen > FEWEST.get(who, 30 if visitors[who] else 5)


@pytest.mark.django_db
def test_the_open_editions_hold_nothing_closed_for_anybody(samples, visitors):
    for variant in ("", "/review", "/held", "/changed"):
        key = samples.arguments(f"minutes_file{variant}")["pk"]
        for form in (
            form for form, edition in minutes_editions.EDITIONS.items() if edition.is_open
        ):
            answer = get(visitors["coordinator"], reverse("minutes_file", args=[key, form]))
            assert answer.status_code == HTTPStatus.OK
            assert not answers_with(answer, CANARY), (variant, form)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "sees"), [("auditor", False), ("coordinator", True)])
def test_the_export_of_the_chain_holds_what_its_reader_may_open(who, sees, samples, visitors):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = visitors[who]
    answer = browser.post(reverse("evidence_export"))
    assert answer.status_code == HTTPStatus.OK
    assert answers_with(answer, CANARY) == sees


@pytest.mark.django_db
def test_no_mail_says_anything_closed(samples):
    with time_is(timezone.localtime().replace(hour=12) + timedelta(days=19)):
        remind_today()
    mails = list(OutboxMail.objects.all())
    assert {"meetings.invitation", "tasks.delegated", "digest"} <= {mail.kind for mail in mails}
    told = [
        f"{mail.kind} {mail.subject}"
        for mail in mails
        if holds(f"{mail.subject}\n{mail.body}".encode(), CANARY)
        or holds(bytes(mail.calendar or b""), CANARY)
    ]
    assert told == []


@pytest.mark.django_db
def test_mails_of_the_registers_go_to_who_may_read_them(cast, samples):
    with time_is(timezone.localtime().replace(hour=12) + timedelta(days=19)):
        remind_today()
    told = {
        mail.recipient
        for mail in OutboxMail.objects.all()
        if holds(f"{mail.subject}\n{mail.body}".encode(), FOREIGN)
    }
    assert told & {cast.who(who).email for who in OUTSIDERS[1:]} == set()
    assert cast.deputy.email in told  # who owns it is reminded of it


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "group", "given"), PRYING)
def test_no_refusal_tells_of_what_one_may_not_see(name, group, given, samples, visitors):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = visitors["system_owner"]
    kwargs = samples.arguments(name) | ({"group": group} if group else {})
    keys = {
        field: samples.arguments(f"{value}/foreign").get("pk", value)
        for field, value in given.items()
    }
    with transaction.atomic():
        answer = browser.post(reverse(name, kwargs=kwargs), {"edit_version": 1, **keys})
        transaction.set_rollback(True)
    assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.FOUND)
    assert not answers_with(answer, FOREIGN)


@pytest.mark.django_db
@pytest.mark.parametrize(("word", "name", "form"), SEARCHED)
def test_the_search_finds_what_is_there(word, name, form, samples, visitors):
    kwargs = samples.arguments(name) | ({"form": form} if form else {})
    address = reverse(name.partition("/")[0], kwargs=kwargs)
    query = ASKED.get(name, [""])[0]
    answer = get(visitors["coordinator"], f"{address}?{query}")
    assert answer.status_code == HTTPStatus.OK
    assert answers_with(answer, word)


def walk(session: str, samples: Samples) -> Iterator[tuple[str, HttpResponseBase]]:
    """Yield every sample's address with its answer, and then what those pages link to."""
    first = dict.fromkeys(addresses(samples))
    found: dict[str, None] = {}
    for address in first:
        answer = get(session, address)
        found |= dict.fromkeys(links(address, answer))
        yield address, answer
    for address in examples_of(one for one in found if one not in first):
        yield address, get(session, address)


def examples_of(found: Iterable[str]) -> list[str]:
    """Return two addresses of those that differ in a number or in the query; with DEEP=1 all."""
    if DEEP or LONG:
        return list(found)
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for address in found:
        path, _mark, query = address.partition("?")
        match = resolve(path)
        words = [value for value in match.kwargs.values() if isinstance(value, str)]
        asked = [name for name, _value in parse_qsl(query, keep_blank_values=True)]
        alike[(match.url_name, *words, "?", *asked)].append(address)
    return [one for some in alike.values() for one in dict.fromkeys((some[0], some[-1]))]


def addresses(samples: Samples) -> Iterator[str]:
    """Yield the address of every sample that can be looked at, in every form and question."""
    for name in sorted({row.url_name for row in rows() if row.method == "GET"}):
        variants = [one for one in samples.by_name if one.partition("/")[0] == name]
        for variant in variants or [name]:
            kwargs = samples.arguments(variant)
            for form in FORMS.get(name, [kwargs.get("form")]):
                address = reverse(name, kwargs=kwargs | ({"form": form} if form else {}))
                yield from (f"{address}?{query}" for query in ASKED.get(name, []))
                yield address


def links(address: str, answer: HttpResponseBase) -> Iterator[str]:
    """Yield the links of a page inside the program, but not to the same list in other order."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    for link in LINK.findall(body_of(answer).decode()):
        leads = urljoin(address, unescape(link))
        if (
            leads.startswith("/")
            and "sort=" not in leads
            and is_valid_path(leads.partition("?")[0])
        ):
            yield leads


def get(session: str, address: str) -> HttpResponseBase:
    """Fetch a page as if it were the first of a visit; changes to the session are undone."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        answer: HttpResponseBase = client.get(address)
        transaction.set_rollback(True)
    return answer
