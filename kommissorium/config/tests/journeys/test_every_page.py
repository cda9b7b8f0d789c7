"""Every page that can be reached by links from the overview, for those who see most."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import Error, Page

from kommissorium.config.tests.journeys.conftest import NARROW, WIDE, ZOOMED
from kommissorium.config.tests.journeys.inspecting import (
    KEEPING,
    faults,
    faults_without_colours,
    low_row,
    overflow,
    too_high,
)
from kommissorium.core.tests.deep import examples, in_turn

# Pages of each shape: their heights differ, their barriers do not.
MEASURED = examples(1, 3)

# Files rather than pages, and the way out.
NO_PAGE = re.compile(
    r"/(export|pack|logout|source)/|\.ics$|/attachments/|/file/|/records/\d+/\w+/|^/static/"
)

# Most barriers of a wide page, without colours or at 200 % are those on a phone too: every fourth
# kind of page is held to axe there. That nothing overflows at 200 % is seen on each.
SAMPLE = 4


@pytest.mark.parametrize("who", ["coordinator", *in_turn(("chair", "system_owner"))])
def test_every_page_is_accessible_and_fits_both_screens(signed_in_page, who):
    page = signed_in_page(who)
    found, visited = [], 0
    # The coordinator's pages hold what the others' do: all are held to axe on a phone, and to
    # height. Those of the others are where something stands that axe has not seen by then.
    is_keeper = who == "coordinator"
    for address, is_first in pages_from(page, MEASURED if is_keeper else 1):
        at = f"{address} as {who}"
        if not is_of_today(address):
            continue
        found += [*too_high(page, at), *low_row(page, at)] if is_keeper else []
        if is_first:
            is_sample = is_keeper and visited % SAMPLE == 0
            found += faults(page, at) if is_sample else overflow(page)
            found += faults_without_colours(page, f"{at}, without colours") if is_sample else []
            page.set_viewport_size({"width": ZOOMED, "height": 450})
            found += faults(page, f"{at}, at 200 %", always=False) if is_sample else overflow(page)
        page.set_viewport_size({"width": NARROW, "height": 900})
        found += [*too_high(page, at), *low_row(page, at)] if is_keeper else []
        if is_first:
            found += faults(page, f"{at}, {NARROW} px", always=is_keeper)
        page.set_viewport_size({"width": WIDE, "height": 900})
        visited += is_first
    assert visited > 5
    assert found == [], "\n".join(found)


def pages_from(page: Page, most: int) -> Iterator[tuple[str, bool]]:
    """Visit this many pages of every shape of address that links lead to.

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


def is_of_today(path: str) -> bool:
    """Return whether pages of this kind are measured today; those of tomorrow are opened alone."""
    # For two days, on which who else walks has had their turn.
    return KEEPING in os.environ or crc32(shape(path).encode()) % 2 in in_turn((0, 1), days=2)


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
