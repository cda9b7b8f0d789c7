"""The criticality of thirty systems is set in under ten presses, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.models import Asset
from kommissorium.config.tests.journeys.conftest import NARROW, WIDE
from kommissorium.config.tests.journeys.inspecting import HIGHEST, assert_good
from kommissorium.conftest import PASSWORD, Cast, address

THIRTY = 30
FEWER_THAN = 10  # presses


@pytest.fixture
def thirty(committing: Cast) -> Cast:
    """Thirty systems that nobody has classified, and one that somebody has."""
    by = committing.coordinator
    for number in range(THIRTY):
        add_asset(by=by, kind="system", values={"name": f"Fagsystem {number:02}"})
    add_asset(by=by, kind="system", values={"name": "Telefoni", "criticality": "society"})
    return committing


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/assets/")
    page.fill("[name=login]", address("coordinator"))
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.button-primary")
    page.wait_for_url(f"{site}/assets/")


class Presses:
    """A page on which each press is counted; choosing from a list is two."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def choose(self, name: str, value: str) -> None:
        self.page.select_option(f"[name={name}]", value)
        self.number += 2

    def press(self, what: str) -> None:
        with self.page.expect_navigation():
            self.page.click(what)
        self.number += 1


def held() -> dict[str, int]:
    values = list(Asset.objects.values_list("criticality", flat=True))
    return {value: values.count(value) for value in sorted(set(values))}


def set_thirty(page: Page, looks: Callable[[Page], None]) -> int:
    """Set the criticality of all thirty, and return the number of presses."""
    hand = Presses(page)
    hand.choose("criticality", "unset")
    hand.press(".list-filter .filter-row button[type=submit] >> nth=0")
    looks(page)
    hand.press(".list-choose button[name=all]")
    looks(page)
    hand.choose("criticality", "business")
    hand.press(".form-buttons .button-primary")
    looks(page)
    hand.press(".form-buttons .button-primary")
    looks(page)
    return hand.number


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_thirty_systems_are_classified_in_under_ten_presses_and_undone_in_one(
    thirty: Cast, live_server, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    sign_in(page, live_server.url)

    def looks(page: Page) -> None:
        assert_good(page)
        assert page.evaluate("document.documentElement.scrollHeight") <= HIGHEST[width]

    number = set_thirty(page, looks)
    assert number == 8 < FEWER_THAN
    assert held() == {"business": THIRTY, "society": 1}
    page.click("form[action$='/undo/'] button")
    page.locator(".alert-success").wait_for()
    looks(page)
    assert held() == {"": THIRTY, "society": 1}


def test_rows_are_ticked_by_the_keyboard_and_a_field_is_changed_in_its_place(
    thirty: Cast, live_server, new_page: Callable[..., Page]
) -> None:
    page = new_page(WIDE)
    sign_in(page, live_server.url)
    for name in ("Fagsystem 01", "Fagsystem 03"):
        box = page.get_by_role("checkbox", name=f"Vælg {name}")
        box.focus()
        page.keyboard.press("Space")
    page.locator(".list-choose button >> nth=0").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/**")
    assert page.url.count("one=") == 2

    page.goto(f"{live_server.url}{Asset.objects.get(name='Fagsystem 01').get_absolute_url()}")
    page.get_by_role("link", name="Ret Område").click()
    page.locator("dd form").wait_for()
    assert_good(page)
    page.wait_for_function("document.activeElement.tagName === 'FORM'")
    page.locator("dd form .button-tertiary").click()
    page.get_by_role("link", name="Ret Hvad det bruges til").click()
    page.fill("dd form [name=purpose]", "Til prøve")
    page.locator("dd form .button-primary").click()
    page.locator(".alert-success").wait_for()
    assert Asset.objects.get(name="Fagsystem 01").purpose == "Til prøve"


def test_it_needs_no_script(thirty: Cast, live_server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    sign_in(page, live_server.url)
    hand = Presses(page)
    hand.press(".list-choose a >> nth=0")
    assert page.locator("[name=one]:checked").count() == 20
    hand.press(".list-choose button >> nth=0")
    page.select_option("[name=criticality]", "none")
    hand.press(".form-buttons .button-primary")
    hand.press(".form-buttons .button-primary")
    assert held() == {"": THIRTY - 20, "none": 20, "society": 1}
    context.close()
