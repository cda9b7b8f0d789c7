"""A member reads a meeting on the phone, loses the network, reads on, and leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from kommissorium.config.tests.journeys.conftest import NARROW
from kommissorium.config.tests.journeys.inspecting import assert_good

CLOSED = "Intern audit: adgange i lønsystemet"
KEPT = "async () => (await caches.keys()).filter(name => name.startsWith('reading '))"


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own: without network its console tells faults, which are none of ours."""
    context = browser.new_context(
        viewport={"width": NARROW, "height": 800},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    yield context
    context.close()


def sign_in(page: Page, site: str, who: str) -> None:
    page.goto(f"{site}/demo/")
    page.locator(f"form[action='/demo/{who}/'] button").click()
    page.wait_for_url(f"{site}/")


def read(page: Page, site: str) -> None:
    """Open the coming meeting from the list of meetings, and wait until its copy is kept."""
    page.goto(f"{site}/meetings/")
    page.locator("main a[href^='/meetings/']:not([href$='.ics'])").first.click()
    page.get_by_role("link", name="Læs mødet").click()
    expect(page.locator("[data-copy=kept]")).to_be_visible()


def read_of_all(page: Page) -> tuple[int, int]:
    """Return how many items the page says are read, and of how many."""
    found = re.match(r"(\d+) af (\d+) ", page.locator("#reading-progress").inner_text())
    assert found
    return int(found[1]), int(found[2])


def test_a_member_reads_the_meeting_without_network(phone: BrowserContext, site: str) -> None:
    page = phone.new_page()
    sign_in(page, site, "member")
    read(page, site)
    address = page.url
    before, of_all = read_of_all(page)
    assert before >= 1 and of_all == page.locator("#main-content article").count()
    assert_good(page)
    page.get_by_role("button", name=re.compile("Jeg (er enig|har læst punktet)")).first.click()
    page.wait_for_url("**/read/?item=*")
    assert read_of_all(page) == (before + 1, of_all)
    expect(page.locator("[data-copy=kept]")).to_be_visible()
    opened = page.locator("details[open].reading-fold h2").inner_text()
    assert opened.startswith(f"{before + 2}.")  # the next

    phone.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", name="Det er kopien fra")).to_be_visible()
    assert read_of_all(page) == (before + 1, of_all)
    first = page.locator("#main-content article").first
    first.locator("summary").first.click()
    expect(first.get_by_text("Spørg på mødet, om lederne får besked inden jul.")).to_be_visible()
    assert CLOSED not in page.content()
    assert page.locator("form").count() == 0
    assert_good(page)  # with its style and its fonts, which the browser has kept, too

    phone.set_offline(False)
    page.goto(address)
    expect(page.locator("[data-copy=kept]")).to_be_visible()
    assert CLOSED in page.content()
    assert len(page.evaluate(KEPT)) == 1
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_load_state()
    assert page.evaluate(KEPT) == []
    phone.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.goto(address)


def test_somebody_else_who_signs_in_finds_no_copy(phone: BrowserContext, site: str) -> None:
    page = phone.new_page()
    sign_in(page, site, "head_of_it")
    read(page, site)
    address = page.url
    assert len(page.evaluate(KEPT)) == 1
    phone.clear_cookies()  # as if the sign-in had run out, so that nobody has signed out
    sign_in(page, site, "deputy")
    page.wait_for_function(f"({KEPT})().then(names => names.length === 0)")
    phone.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.goto(address)
