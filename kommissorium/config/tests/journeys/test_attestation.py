"""An owner answers for what they own on a phone, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.attestation.round import open_round
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asked, Asset, Statement
from kommissorium.config.tests.journeys.conftest import NARROW
from kommissorium.config.tests.journeys.inspecting import assert_good
from kommissorium.conftest import PASSWORD, Cast, address, in_days

NAMES = ["Borgerjournal", "Lønsystem", "Skolernes samarbejde", "Vagtplan"]
SMALLEST_TARGET = 44  # pixels; what a thumb hits


@pytest.fixture
def asked(committing: Cast) -> Asked:
    """A member who owns four systems and is asked about them."""
    cast = committing
    for name in NAMES:
        values = {"name": name, "criticality": "business"}
        asset = add_asset(by=cast.coordinator, kind="system", values=values)
        appoint(asset, "system_owner", cast.member, by=cast.coordinator)
    due = in_days(20, 12).date()
    found = open_round(by=cast.coordinator, title="Ejererklæring", due=due)
    return found.asked.get()


def sign_in(page: Page, site: str) -> None:
    """Follow the link of the mail: it leads by the sign-in page to the questions."""
    page.goto(f"{site}/attestation/")
    page.fill("[name=login]", address("member"))
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.button-primary")
    page.wait_for_url(f"{site}/attestation/")


def given() -> dict[str, tuple[str, str]]:
    rows = Statement.objects.select_related("asset")
    return {row.asset.name: (row.answer, row.note) for row in rows}


def choose(page: Page, name: str, answer: str) -> None:
    key = Asset.objects.get(name=name).pk
    page.locator(f"label[for='answer-{key}-{answer}']").click()


def note_of(name: str) -> str:
    return f"#note-{Asset.objects.get(name=name).pk}"


def test_an_owner_finishes_on_a_phone(
    asked: Asked, live_server, new_page: Callable[..., Page]
) -> None:
    page = new_page(NARROW)
    sign_in(page, live_server.url)
    assert_good(page)
    targets = page.locator(".statement-answer label, .attestation-buttons button")
    assert {box["height"] >= SMALLEST_TARGET for box in _boxes(targets)} == {True}

    # Each press is saved by itself; a note is asked for where one is needed.
    choose(page, NAMES[0], "correct")
    page.locator("#attestation-progress progress[value='1']").wait_for()
    assert not page.locator(note_of(NAMES[0])).is_visible()
    choose(page, NAMES[1], "change")
    page.fill(note_of(NAMES[1]), "Leverandøren er en anden")
    page.locator("#attestation-progress progress[value='2']").wait_for()
    assert_good(page)

    # Who comes back goes on where they left off, and says the rest in one press: it asks once
    # more where facts are missing.
    page.reload()
    assert page.locator(".statement-input:checked").count() == 2
    assert page.input_value(note_of(NAMES[1])) == "Leverandøren er en anden"
    choose(page, NAMES[2], "not_mine")
    page.locator("#attestation-progress progress[value='3']").wait_for()
    page.click("#attestation-rest button")
    page.locator(".alert-warning").wait_for()
    assert_good(page)
    page.click("#attestation-rest button[value=sure]")
    page.wait_for_url(f"{live_server.url}/attestation/receipt/")
    assert_good(page)
    assert given() == {
        NAMES[0]: ("correct", ""),
        NAMES[1]: ("change", "Leverandøren er en anden"),
        NAMES[2]: ("not_mine", ""),
        NAMES[3]: ("correct", ""),
    }
    asked.refresh_from_db()
    assert asked.answered_at


def test_an_owner_finishes_where_no_script_runs(
    asked: Asked, live_server, browser: Browser
) -> None:
    context = browser.new_context(
        viewport={"width": NARROW, "height": 800}, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, live_server.url)
    for name in NAMES[:2]:
        choose(page, name, "correct")
    choose(page, NAMES[2], "change")
    page.click(".attestation-buttons button.button-primary")
    # What lacks its note is kept on the page as it was chosen; the others are saved.
    page.locator(".alert-error").wait_for()
    assert [answer for answer, _note in given().values()] == ["correct", "correct", "", ""]
    page.fill(note_of(NAMES[2]), "Området")
    with page.expect_navigation():
        page.click(".attestation-buttons button[name=rest]")
    page.click(".attestation-buttons button[value=sure]")
    page.wait_for_url(f"{live_server.url}/attestation/receipt/")
    assert given()[NAMES[2]] == ("change", "Området")
    context.close()
    asked.refresh_from_db()
    assert asked.answered_at


def _boxes(found) -> list[dict[str, float]]:
    return [one.bounding_box() for one in found.all()]
