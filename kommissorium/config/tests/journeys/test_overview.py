"""Signing in, and the page that follows."""

from __future__ import annotations

import pytest

from kommissorium.config.tests.journeys.conftest import NARROW, WIDE
from kommissorium.config.tests.journeys.inspecting import assert_good


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("who", ["coordinator", "chair"])
def test_one_signs_in_and_comes_to_the_overview(signed_in_page, who, width):
    page = signed_in_page(who, width)
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "da"
    assert page.locator("nav a[href]").count() > 0
    assert_good(page)


def test_the_first_page_is_the_sign_in_page_for_a_stranger(site, new_page):
    page = new_page()
    page.goto(f"{site}/meetings/")
    assert page.url == f"{site}/account/login/?next=/meetings/"
    assert_good(page)


def test_who_wants_to_skip_the_navigation_can(signed_in_page):
    page = signed_in_page("coordinator")
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    assert target.startswith("#")
    page.keyboard.press("Enter")
    assert page.locator(f"main{target}, main {target}").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
