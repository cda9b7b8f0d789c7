"""The running program, a browser and people who are signed in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kommissorium.config.tests.demonstration import built
from kommissorium.config.tests.program import running
from kommissorium.core.tests import browser as chromium

WIDE, NARROW = 1400, 375
ZOOMED = WIDE // 2  # what a browser at 200 % has for a wide page
HERE = f"{Path(__file__).parent}/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests in this folder."""
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. It ends with the last journey: Django would take its event loop for its own.

    While it runs, journeys that look into the database are allowed to.
    """
    program = chromium.program()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        yield running
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        running.close()


@pytest.fixture(scope="package")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration, made once. Copy it before you serve it."""
    return built(tmp_path_factory, None).data


@pytest.fixture(scope="package")
def site(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, running as a user would run it."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demo_folder, folder)
    with running("demo", folder) as program:
        yield program.address


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a fresh page of a given width. At the end no script may have failed on any."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def page(width: int = WIDE) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            reduced_motion="reduce",
        )
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: faults.append(f"{opened.url}: {error}"))
        opened.on("console", lambda message: note(faults, opened, message))
        return opened

    yield page
    for context in contexts:
        context.close()
    assert faults == [], "the browser's console reports faults"


def note(faults: list[str], page: Page, message) -> None:
    # A refused form answers 400, which Chromium also writes to the console.
    if message.type == "error" and "status of 4" not in message.text:
        faults.append(f"{page.url}: {message.text}")


@pytest.fixture
def signed_in_page(site: str, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return a page of a person of the demonstration's cast, on the overview."""

    def sign_in(who: str, width: int = WIDE) -> Page:
        page = new_page(width)
        page.goto(f"{site}/demo/")
        page.locator(f"form[action='/demo/{who}/'] button").click()
        page.wait_for_url(f"{site}/")
        return page

    return sign_in
