"""Every page that can be reached by links from the overview, for those who see most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Error, Page

from kommissorium.config.tests.journeys.conftest import NARROW, WIDE
from kommissorium.config.tests.journeys.inspecting import faults, overflow, too_high

MEASURED = 3  # pages of each shape: their heights differ, their barriers do not

# Files rather than pages, and the way out.
NO_PAGE = re.compile(
    r"/(export|pack|logout|source)/|\.ics$|/attachments/|/file/|/records/\d+/\w+/|^/static/"
)


@pytest.mark.parametrize("who", ["coordinator", "chair", "system_owner"])
def test_every_page_is_accessible_and_fits_both_screens(signed_in_page, who):
    page = signed_in_page(who)
    found, visited = [], 0
    # The coordinator's pages hold what the others' do: theirs are held to axe once, and to height.
    is_keeper = who == "coordinator"
    for address, is_first in pages_from(page, MEASURED if is_keeper else 1):
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            at = f"{address} as {who}, {width} px"
            if is_keeper:
                found += too_high(page, at)
            if is_first:
                is_held = is_keeper or width == NARROW
                found += faults(page, at) if is_held else overflow(page)
        visited += is_first
    assert visited > 5
    assert found == [], "\n".join(found)


def pages_from(page: Page, most: int) -> Iterator[tuple[str, bool]]:
    """Visit so many pages of every shape of address that links lead to.

    Yields each, and whether it is the first of its shape.
    """
    waiting, seen = [urlsplit(page.url).path], set()
    number: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        if path in seen or number[shape(path)] == most:
            continue
        seen.add(path)
        number[shape(path)] += 1
        try:
            answer = page.goto(urljoin(page.url, path))
        except Error as error:
            if "Download is starting" in str(error):
                continue
            raise
        assert answer and answer.status == 200, f"{path} answers {answer and answer.status}"
        yield path, number[shape(path)] == 1
        waiting += links(page)


def links(page: Page) -> list[str]:
    # A link in a picture (SVG) has no plain href of its own.
    whole = "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    found = page.eval_on_selector_all("a[href]:not([download])", whole)
    here = urlsplit(page.url).netloc
    paths = [urlsplit(link).path for link in found if urlsplit(link).netloc == here]
    return [path for path in paths if not NO_PAGE.search(path)]


def shape(path: str) -> str:
    """Return the address with its keys left out: pages of one kind are alike."""
    return re.sub(r"\d+", "0", path)
