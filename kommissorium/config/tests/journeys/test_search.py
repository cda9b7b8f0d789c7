"""Search from the box on every page: three letters, an arrow, Enter."""

from __future__ import annotations

import re

import pytest

from kommissorium.config.tests.journeys.conftest import NARROW, WIDE
from kommissorium.config.tests.journeys.inspecting import assert_good

ADDRESS = re.compile(r'href="(/[^"]+)"')


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_three_letters_an_arrow_and_enter_lead_to_a_page(signed_in_page, width):
    page = signed_in_page("coordinator", width)
    page.keyboard.press("Control+k")
    if width == NARROW:
        page.wait_for_url("**/search/")
    box, lines = page.locator("[role=combobox]"), page.locator("[role=option]")
    box.press_sequentially("ris")
    lines.first.wait_for()
    assert 1 < lines.count() <= 8
    assert box.get_attribute("aria-expanded") == "true"
    assert_good(page)
    page.keyboard.press("ArrowDown")
    first = page.locator("[role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert_good(page)
    address = first.get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(address)


def test_escape_closes_and_enter_alone_asks_for_the_page(signed_in_page):
    page = signed_in_page("coordinator")
    page.keyboard.press("Control+k")
    lines = page.locator("[role=option]")
    page.keyboard.type("pol")
    lines.first.wait_for()
    page.keyboard.press("Escape")
    assert lines.first.is_hidden()
    assert page.locator("#frame-search").input_value() == "pol"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/search/?q=pol")


def test_who_may_not_see_a_thing_is_not_led_to_it(signed_in_page):
    """The coordinator's hit for those letters is not one for the employee; the guide is everybody's."""
    told = {}
    for who in ("coordinator", "employee"):
        page = signed_in_page(who)
        page.keyboard.press("Control+k")
        with page.expect_response("**/search/suggestions/**") as answered:
            page.keyboard.insert_text("tilsyn med leverandører")  # all at once: one answer
        found = ADDRESS.findall(answered.value.text())
        told[who] = {one for one in found if not one.startswith("/guide/")}
    assert told["coordinator"] and not told["coordinator"] & told["employee"]
