"""Checks of every page: free of known barriers, and no wider than the screen."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from kommissorium.core.ui.forms import FEW

HIGHEST = {1400: 3500, 375: 6000}  # pixels of a whole page, by the width of the screen
# By a part of the address, pixels more: pages that grew when the last registers came.
LONGER = {
    "/minutes/": 500,  # a card for each item that was decided, of the meeting with most of them
    "/registers/": 500,  # of a meeting: every table, with as many rows as are due by that day
    "/quarters/": 250,
    "/reports/board/": 600,  # five tiles, the matrix then and now, and the box of requests
    "/personal-data/": 750,  # each kind of data with its four answers
    "/yearwheel/wheels/all/": 250,  # the month stands open: of December, in which most is due
}
FOLD = {1400: 900, 375: 720}  # pixels of the first screen, by its width
# Where the first row stands of a list on one page beside what narrows it; null where there is none.
TOP_OF_ROWS = """few => {
  const main = document.querySelector('main');
  if (!main?.querySelector('[role=search], .list-more') || main.querySelector('.pagination')) return null;
  const table = [...main.querySelectorAll('table')]
    .find(one => !one.closest('details, section:has(> h2)'));
  const rows = table?.tBodies[0]?.rows ?? [];
  return 0 < rows.length && rows.length <= few ? rows[0].getBoundingClientRect().top + scrollY : null;
}"""
ROOT = Path(__file__).resolve().parents[4]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
KINDS = """() => {
  const told = ['class', 'role', 'type'];
  const kind = e => e.tagName + [...e.attributes]
    .map(a => told.includes(a.name) ? `${a.name}=${a.value}` : a.name).sort().join(' ')
    + [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const all = [...document.body.querySelectorAll('*')];
  return [...new Set(all.map(e => `${kind(e.parentElement)} > ${kind(e)}`))];
}"""
# What axe judges, as one number: kinds with what their attributes say to it, whether what is named by
# its id is there once, the order of headings. It is reckoned in the page: there are thousands.
VERDICT = """async judged => {
  const named = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'for', 'list'];
  const said = ['aria-label', 'alt', 'title', 'lang', 'href', 'placeholder', 'scope'];
  const value = a => named.includes(a.name)
    ? a.value.trim().split(/\\s+/).every(id => document.getElementById(id))
    : said.includes(a.name) ? Boolean(a.value.trim())
    : /^(aria-.*|class|role|type|tabindex|autocomplete)$/.test(a.name)
    ? a.value.replace(/\\d+/g, '0') : '';
  const kind = e => e.tagName + [...e.attributes].map(a => `${a.name}=${value(a)}`).sort().join(' ')
    + [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const all = [...document.body.querySelectorAll('*')];
  const ids = all.map(e => e.id).filter(Boolean);
  const tags = all.map(e => e.tagName).filter(tag => /^H[1-6]$/.test(tag));
  const text = [
    ...judged, document.documentElement.lang, Boolean(document.title), innerWidth,
    ids.length === new Set(ids).size, ...tags.filter((tag, i) => tag !== tags[i - 1]),
    ...[...new Set(all.map(e => `${kind(e.parentElement)} > ${kind(e)}`))].sort(),
  ].join(' | ');
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].slice(0, 8).map(b => b.toString(16).padStart(2, '0')).join('');
}"""
STYLE = ROOT / "kommissorium/core/static/vendor/kommissorium.css"
# What axe found nothing wrong with: it is not asked about the same once more. `make verdicts` asks
# it anew about everything.
PASSED = Path(__file__).with_name("passed_by_axe.txt")
KEEPING = "KOMMISSORIUM_TEST_VERDICTS"
_seen: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_good(page: Page) -> None:
    """Assert that the page as it stands now has no barrier axe knows and does not overflow."""
    assert faults(page) == []


def faults(
    page: Page, where: str = "", *, without: Sequence[str] = (), always: bool = True
) -> list[str]:
    """Return the faults of the page as it is now, each with the place.

    Without `always`, axe is asked only when the page holds what no page of this width held before.
    """
    where = where or page.url
    is_new = holds_news(page, without)
    found = [*overflow(page), *(barriers(page, without) if always or is_new else [])]
    return [f"{where}: {fault}" for fault in found]


def holds_news(page: Page, without: Sequence[str] = ()) -> bool:
    """Return whether an element of a kind, within one of its kind, is seen the first time.

    Elements are of one kind when they have the same tag, classes, role, type and attributes, and
    both say something or both nothing. What is seen is remembered.
    """
    how = (page.evaluate("innerWidth"), *without)
    kinds = set(page.evaluate(KINDS))
    is_new = not kinds <= _seen[how]
    _seen[how] |= kinds
    return is_new


def barriers(page: Page, without: Sequence[str] = ()) -> list[str]:
    """Run axe-core in the page; the browser's tools may, the page's own policy stays in force.

    It has passed what is like a page that passed: the same kinds of elements, headings and style.
    """
    verdict = verdict_on(page, without)
    if verdict in passed():
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = {
        "runOnly": RULES,
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in without},
    }
    found = page.evaluate("asked => axe.run(asked)", asked)
    if not found["violations"]:
        keep(verdict)
    return [told(violation) for violation in found["violations"]]


def verdict_on(page: Page, without: Sequence[str]) -> str:
    """Return the name of axe's verdict on all pages that are like this one, as wide and styled."""
    return str(page.evaluate(VERDICT, [judge(), *without]))


@cache
def judge() -> str:
    """Return what a verdict stands on besides the page: axe, its rules and our style sheet."""
    asked = [AXE.read_bytes(), STYLE.read_bytes(), *(rule.encode() for rule in RULES)]
    return hashlib.sha256(b"\n".join(asked)).hexdigest()


@cache
def passed() -> set[str]:
    """Return the verdicts that are known; none where they are made anew."""
    if os.environ.get(KEEPING) or not PASSED.exists():
        return set()
    return {*PASSED.read_text(encoding="utf-8").split()}


def keep(verdict: str) -> None:
    """Remember that axe found nothing: in this run, and where verdicts are kept in their file."""
    passed().add(verdict)
    if os.environ.get(KEEPING):
        with PASSED.open("a", encoding="utf-8") as kept:
            kept.write(f"{verdict}\n{judge()}\n")


def are_of_today() -> bool:
    """Return whether the verdicts kept are those of today's axe and style sheet: else none counts."""
    return judge() in passed()


def too_high(page: Page, where: str) -> list[str]:
    """Return a fault when a page is longer than anybody reads: it must fold or paginate."""
    width = page.evaluate("innerWidth")
    height = page.evaluate("document.documentElement.scrollHeight")
    most = HIGHEST[width] + next((more for part, more in LONGER.items() if part in where), 0)
    if height <= most:
        return []
    return [f"{where}: {height} high at {width}, {most} at most"]


def faults_without_colours(page: Page, where: str) -> list[str]:
    """Return the faults where the reader's system chooses the colours, light on dark.

    axe reads the colours of our style sheet, not those that took their place: of those it cannot
    judge the contrast.
    """
    page.emulate_media(forced_colors="active", color_scheme="dark")
    found = faults(page, where, without=["color-contrast"])
    page.emulate_media(forced_colors="none", color_scheme="light")
    return found


def low_row(page: Page, at: str) -> list[str]:
    """Return a fault when the first of few rows stands below the first screen."""
    top, width = page.evaluate(TOP_OF_ROWS, FEW), page.evaluate("innerWidth")
    if top is None or top < FOLD[width]:
        return []
    return [f"{at}: the first row stands at {top:.0f} px on a screen of {width} x {FOLD[width]}"]


def overflow(page: Page) -> list[str]:
    """Return a fault when somebody would have to scroll sideways to read the page."""
    width = page.evaluate("document.documentElement.scrollWidth")
    screen = page.evaluate("document.documentElement.clientWidth")
    if width <= screen:
        return []
    return [f"{width} wide on a screen of {screen}: {widest(page)}"]


def widest(page: Page) -> list[str]:
    """Return the innermost elements that are wider inside than outside, for the message."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
            && getComputedStyle(e).overflowX === 'visible';
          return [...document.querySelectorAll('body *')]
            .filter(e => wide(e) && ![...e.children].some(wide))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 160));
        }"""
    )
    return found


def told(violation: dict[str, Any]) -> str:
    nodes = [
        f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"]
    ]
    return f"{violation['id']}: {violation['help']}\n" + "\n".join(nodes[:5])
