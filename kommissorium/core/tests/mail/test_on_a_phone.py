"""A mail on a phone's screen: nothing is wider, whatever was written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import sync_playwright

from kommissorium.core.mail.layout import as_html
from kommissorium.core.mail.letter import Listed
from kommissorium.core.tests import browser as chromium
from kommissorium.core.tests.mail.test_html import WHOLE

PHONE = {"width": 375, "height": 700}
LONG = "Informationssikkerhedsudvalgsformandskabsbeslutningsgrundlag" * 2
ADDRESS = f"https://{'a' * 60}.{'b' * 60}.example/"


def test_nothing_is_wider_than_the_screen() -> None:
    program = chromium.program()
    if not program:
        pytest.skip("needs Chromium")
    wide = replace(
        WHOLE,
        title=LONG,
        lines=[LONG, ADDRESS, f"12:{'f' * 64}"],
        facts=[(LONG, LONG), ("Videomøde", ADDRESS)],
        lists=[Listed.of(LONG, [LONG])],
        button=replace(WHOLE.button, words=LONG),
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        page.set_content(as_html(wide))
        width = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert width <= PHONE["width"]
