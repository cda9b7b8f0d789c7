"""Nothing of a closed item, and nothing of the registers, reaches anybody who may not see it.

Each text of everything closed in the samples holds one word, and each text of the registers that
is none of the system owner's business another. They are searched in all that the program hands
out: pages with whatever they link to, files of all kinds, calendars and mails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import is_valid_path, reverse
from django.utils import timezone

from kommissorium.assets.columns import COLUMNS
from kommissorium.compliance import documents
from kommissorium.config.tests.access_samples import CANARY, FOREIGN, Samples
from kommissorium.config.tests.searching import answers_with, body_of, holds
from kommissorium.config.tests.visiting import WHO, rows
from kommissorium.conftest import time_is
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings import packing, showing
from kommissorium.risks.columns import LABELS
from kommissorium.secretariat.reminding import remind_today
from kommissorium.yearwheel import editions

# Some ten thousand pages. What a person may see is held on both databases by the access matrix.
pytestmark = pytest.mark.once

NAMED = ("coordinator", "chair", "dpo", "member")  # they hold a seat
OUTSIDERS = ("anonymous", "administrator", "employee", "system_owner")  # who do not read all
FORMS = {
    "meeting_pack": [*packing.EDITIONS],
    "minutes_file": [*showing.EDITIONS],
    "item_extract": ["pdf", "docx"],
    "record_file": ["json", "pdf"],
    "compliance_file": [*documents.EDITIONS],
    "wheel_file": [*editions.EDITIONS],
    "wheels_file": [*editions.EDITIONS],
}
ALL_COLUMNS = "&".join(f"columns={code}" for code in COLUMNS)
ALL_LABELS = "&".join(f"columns={code}" for code in LABELS)
# Questions asked by hand, to which no link of the page leads.
ASKED = {
    "meeting_screen": [f"item={number}" for number in range(1, 20)],
    "meeting_screen_part": [f"item={number}" for number in range(1, 20)],
    "tasks": ["view=all&state=all", "view=area&state=all"],
    "tasks_export": ["view=all&state=all"],
    "assets": ["q=fremmed", "supplier=fremmed", "ended=1", ALL_COLUMNS],
    "assets_file": ["all=1", "q=fremmed"],
    "suppliers": ["q=fremmed", "show=closed", "show=uncovered"],
    "relation_new": ["q=fremmed"],
    "risk_list": ["q=fremmed", "asset=fremmed", ALL_LABELS],
    "risks_file": ["all=1", "q=fremmed"],
    "assessments": ["q=fremmed", "state=proposed"],
    "assessments_file": ["q=fremmed"],
    "assessment_new": ["scope=asset&q=fremmed", "scope=assets"],
    "plan": ["show=all", "show=impossible"],
    "plan_file": ["show=all"],
    "acceptances": ["show=all"],
    "acceptances_file": ["show=all"],
}
FEWEST = {"executive": 150, "auditor": 150, "administrator": 40}
LINK = re.compile(r'href="([^"#]*)')


@pytest.mark.django_db
@pytest.mark.parametrize("who", [who for who in WHO if who not in NAMED])
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
        for form in (form for form, edition in showing.EDITIONS.items() if edition.is_open):
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


# What the system owner could send about an asset of their own, to be told what is another's.
PRYING = [
    ("asset_change_group", "numbers", {"local_id": "L-100"}),
    ("asset_change_group", "numbers", {"uuid": "6f9619ff-8b86-4d11-b42d-00c04fc964ff"}),
    ("asset_change_group", "contract", {"supplier": "supplier", "agreements": "agreement"}),
    ("relation_new", "", {"kind": "feeds", "other": "asset"}),
    ("document_add", "", {"agreement": "agreement", "dated_on": "2026-01-01"}),
    ("attestation", "", {"answer": "correct", "assets": "asset", "asset": "asset"}),
    ("acceptance_new", "", {"risks": "risk"}),
    ("acceptance_replace", "", {"risks": "risk"}),
]


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


# One of each kind of page and file that shows closed items to those whom the committee names.
SHOWING = [
    ("meeting/called", ""),
    ("agenda_item/closed", ""),
    ("agenda_item/called", ""),
    ("meeting_history/called", ""),
    ("meeting_changes/called", ""),
    ("meeting_pack/called", "pdf"),
    ("meeting_pack/called", "print"),
    ("meeting_pack/called", "docx"),
    ("meeting_pack/called", "json"),
    ("minutes", ""),
    ("minutes/review", ""),
    ("minutes_file", "pdf"),
    ("minutes_file", "docx"),
    ("minutes_file", "json"),
    ("item_extract/closed", "pdf"),
    ("item_extract/closed", "docx"),
    ("conduct_item/closed", ""),
    ("quarter", ""),
    ("task/closed", ""),
    ("tasks_export", ""),
    ("decisions", ""),
    ("decisions_excel", ""),
    ("decision/closed", ""),
    ("record/minutes", ""),
    ("record_file/minutes", "json"),
    ("record_file/minutes", "pdf"),
    ("attachment/closed", ""),
]
# And one of each kind that shows what the registers hold to those who read all of them.
REGISTERS = [
    ("assets", ""),
    ("assets_file", ""),
    ("assets_json", ""),
    ("asset/foreign", ""),
    ("asset_change/foreign", ""),
    ("asset_history/foreign", ""),
    ("asset_map", ""),
    ("asset", ""),
    ("asset_document/foreign", ""),
    ("supplier/foreign", ""),
    ("suppliers", ""),
    ("suppliers_file", ""),
    ("agreement/foreign", ""),
    ("agreement_file/foreign", ""),
    ("oversight_file/foreign", ""),
    ("attestation_file", ""),
    ("attestation_record", ""),
    ("record_file/attestation", "json"),
    ("record_file/attestation", "pdf"),
    ("imports", ""),
    ("import_page", ""),
    ("import_page/done", ""),
    ("import_file", ""),
    ("occurrence/foreign", ""),
    ("duty_times", ""),
    ("risk_list", ""),
    ("risks_file", ""),
    ("risk/foreign", ""),
    ("risk/proposed", ""),
    ("assessments", ""),
    ("assessments_file", ""),
    ("assessment/foreign", ""),
    ("assessment/proposed", ""),
    ("assessment_document/foreign", ""),
    ("assessment_document/proposed", ""),
    ("assessment_history/foreign", ""),
    ("assessment_new", ""),
    ("record_file/assessment/foreign", "json"),
    ("record_file/assessment/foreign", "pdf"),
    ("plan", ""),
    ("plan_file", ""),
    ("acceptances", ""),
    ("acceptances_file", ""),
    ("acceptance/foreign", ""),
    ("acceptance_file/foreign", ""),
    ("record_file/acceptance/foreign", "json"),
    ("record_file/acceptance/foreign", "pdf"),
    ("risk_level", ""),
    ("risk_level_file", ""),
    ("proposal/assessment", ""),
    ("proposal/acceptance", ""),
    ("imports/risks", ""),
    ("import_page/risks", ""),
    ("import_page/risks/done", ""),
    ("import_file/risks", ""),
]
SEARCHED = [(CANARY, *one) for one in SHOWING] + [(FOREIGN, *one) for one in REGISTERS]


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
    """Yield every sample's address with its answer, and then all that those pages link to."""
    first = list(dict.fromkeys(addresses(samples)))
    found: dict[str, None] = {}
    for address in first:
        answer = get(session, address)
        found |= dict.fromkeys(links(address, answer))
        yield address, answer
    for address in found:
        if address not in first:
            yield address, get(session, address)


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
    """Yield where a page leads inside the program, but not to the same list in other order."""
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
    """Fetch a page as if it were the first of a visit; what it does to the session is undone."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        answer: HttpResponseBase = client.get(address)
        transaction.set_rollback(True)
    return answer
