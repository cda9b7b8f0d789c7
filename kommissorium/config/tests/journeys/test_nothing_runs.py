"""Two hundred texts that would run a script, in every text of every kind of thing: none runs.

They are written behind the program's back, so that nothing has cleaned them on the way in, and
saved in a form. Each page is then opened in Chromium twice: with the headers it was sent with, where
the browser reports what its policy stopped, and without that policy, where all would run.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from urllib.parse import quote, urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Route

from kommissorium.config.tests.hostile_texts import TEXTS
from kommissorium.config.tests.searching import body_of
from kommissorium.config.tests.test_canaries import addresses, get
from kommissorium.core.tests.deep import LONG
from kommissorium.core.tests.evidence.tampering import behind_the_back
from kommissorium.core.tests.samples import CANARY, FOREIGN, Samples
from kommissorium.meetings.models import AgendaItem

pytestmark = pytest.mark.django_db

POLICY = "Content-Security-Policy"
# The editor reads its text in a document in which nothing runs; the browser reports that, too.
EDITOR = b"data-rich="
ORIGIN = "http://pages.example"
ORDINARY = "A < B & C"
# A page of each sort of place that a text stands in: lists, facts, forms, frozen texts, histories.
SHORT = (
    *("overview", "meeting", "meeting_history", "agenda_item", "item_edit", "tasks", "task"),
    *("task_edit", "assets", "asset", "asset_history", "risks", "person", "committee", "decision"),
)
WORD = re.compile("[a-zæøå]{3}")
# What stands in the page that no text of a person may bring into it.
FOUND = """() => [...document.querySelectorAll('*')].flatMap(one => [...one.attributes]
  .filter(at => /^on/.test(at.name)
    || /^\\s*(javascript|data:text|vbscript)/i.test(at.value) && /^(href|src|action)$/.test(at.name))
  .map(at => one.outerHTML.slice(0, 120))
  .concat(['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MARQUEE', 'STYLE'].includes(one.tagName)
    ? [one.outerHTML.slice(0, 120)] : []))"""


def is_of_words(field: models.Field, value: object) -> bool:
    """Return whether a person wrote that value as they liked."""
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    text = str(value or "").lower()
    is_listed = text.startswith(("[", "{")) or not WORD.search(text)  # values, weeks, numbers
    return not is_listed and (" " in text or CANARY in text or FOREIGN in text)


def fields_of_words() -> Iterator[tuple[str, str, str, int | None]]:
    """Yield table, key, column and length of what people write, as the samples show it."""
    for model in apps.get_models():
        meta = model._meta
        if not meta.app_config.name.startswith("kommissorium.") or meta.label in NOT_WRITTEN:
            continue
        rows = list(model._base_manager.order_by("pk")[:50])
        for field in meta.local_fields:
            if any(is_of_words(field, getattr(row, field.attname)) for row in rows):
                yield meta.db_table, str(meta.pk.column), str(field.column), field.max_length


# What the program words itself, and what is left of things in their own form.
NOT_WRITTEN = {"core.Record", "core.Event", "core.Version", "core.OutboxMail"}


def write_everywhere() -> int:
    """Write the texts into every field of words; return the number of values written."""
    written, texts = 0, cycle(TEXTS)
    with behind_the_back(), connection.cursor() as cursor:
        for table, key, column, length in list(fields_of_words()):
            cursor.execute(f'SELECT "{key}" FROM {table}')
            for (pk,) in cursor.fetchall():
                some = list(islice(texts, 1 if length else len(TEXTS) + 1))
                text = f"{ORDINARY} {' '.join(some)}"[:length]
                with suppress(DatabaseError), transaction.atomic():
                    cursor.execute(
                        f'UPDATE {table} SET "{column}" = %s WHERE "{key}" = %s', [text, pk]
                    )
                    written += 1
    return written


def save_in_a_form(session: str, samples: Samples) -> None:
    """Let the coordinator save all of them in an item's text, one after the other."""
    item = AgendaItem.objects.get(**samples.arguments("item_edit"))
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    values = {"title": ORDINARY, "type": item.type, "edit_version": item.edit_version}
    texts = "".join(f"<p>{ORDINARY}</p>{text}" for text in TEXTS)
    answer = browser.post(
        reverse("item_edit", args=[item.pk]),
        {**values, "presentation": texts, "recommendation": texts},
    )
    assert answer.status_code == 302


def pages(session: str, samples: Samples) -> dict[str, HttpResponseBase]:
    """Return the pages, each as the program sends it to the coordinator."""
    names = {reverse(name, kwargs=samples.arguments(name)) for name in SHORT}
    chosen = [one for one in addresses(samples) if LONG or one in names]
    chosen += [f"{reverse('search')}?q={quote(text)}" for text in (TEXTS if LONG else TEXTS[:3])]
    answers = {address: get(session, address) for address in dict.fromkeys(chosen)}
    assert [one for one, answer in answers.items() if answer.status_code >= 500] == []
    html = {
        address: answer
        for address, answer in answers.items()
        if answer.headers.get("Content-Type", "").startswith("text/html")
        and not answer.has_header("Location")
    }
    assert len(html) >= (300 if LONG else len(names)), sorted(names - {*html})
    return html


class Site:
    """Answers the browser with what the program said before, and with its static files."""

    def __init__(self, answers: dict[str, HttpResponseBase]) -> None:
        self.answers = answers
        self.has_policy = True

    def answer(self, route: Route) -> None:
        found = urlsplit(route.request.url)
        path = f"{found.path}?{found.query}" if found.query else found.path
        is_static = found.path.startswith("/static/")
        file = finders.find(found.path.removeprefix("/static/")) if is_static else None
        if path in self.answers:
            answer = self.answers[path]
            headers = {n: v for n, v in answer.headers.items() if n != POLICY or self.has_policy}
            route.fulfill(status=answer.status_code, headers=headers, body=body_of(answer))
        elif file:
            kind = mimetypes.guess_type(file)[0] or "text/plain"
            route.fulfill(path=file, content_type=kind)
        else:
            route.fulfill(status=404, body="")


def watched(browser: Browser, site: Site) -> tuple[Page, list[str]]:
    """Return a page, and a list of all that it tells of: dialogs, and what the policy stopped."""
    context, told = browser.new_context(locale="da-DK"), list[str]()
    context.route("**/*", site.answer)
    page = context.new_page()

    def opened(dialog: Dialog) -> None:
        told.append(f"{page.url}: a dialog")
        dialog.dismiss()

    def reported(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            told.append(f"{page.url}: {said.text}")

    page.on("dialog", opened)
    page.on("pageerror", lambda error: told.append(f"{page.url}: {error}"))
    page.on("console", reported)
    return page, told


def test_no_text_runs_on_any_page(
    samples: Samples, visitors: dict[str, str], browser: Browser
) -> None:
    assert len(set(TEXTS)) == 200
    save_in_a_form(visitors["coordinator"], samples)
    saved = reverse("agenda_item", kwargs=samples.arguments("agenda_item"))
    answers = {f"{saved}?saved": get(visitors["coordinator"], saved)}
    assert write_everywhere() > 300
    answers |= pages(visitors["coordinator"], samples)
    site = Site(answers)
    page, told = watched(browser, site)
    for site.has_policy in (True, False):
        for address, answer in answers.items():
            if site.has_policy and EDITOR in body_of(answer):
                continue
            page.goto(f"{ORIGIN}{address}")
            told += [f"{address}: {one}" for one in page.evaluate(FOUND)]
    page.context.close()
    assert told == [], "\n".join(told[:40])
    shown = body_of(answers[f"{saved}?saved"]).decode()
    assert shown.count("A &lt; B &amp; C") >= len(TEXTS)


def test_a_text_that_does_run_is_told(browser: Browser) -> None:
    """The test of the test: without a policy a dialog, with ours a report, and the handler found."""
    answers: dict[str, HttpResponseBase] = {}
    site = Site(answers)
    page, told = watched(browser, site)
    answers["/with/"] = from_us = Client().get(reverse("account_login"))
    from_us.content = b"<!doctype html><p>x" + TEXTS[1].encode()
    page.goto(f"{ORIGIN}/with/")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in one for one in told)
    assert len(page.evaluate(FOUND)) == 1
    site.has_policy = False
    page.goto(f"{ORIGIN}/with/")
    page.wait_for_timeout(200)
    page.context.close()
    assert any(one.endswith("a dialog") for one in told)
