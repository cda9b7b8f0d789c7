"""The cost of a first visit with an empty cache: requests and bytes over the wire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright
from visiting import Visitor

from kommissorium.core.tests import browser

LINKED = re.compile(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="(/static/[^"#]+)')


@dataclass
class Visit:
    """The number of a page's requests, its own among them, and of the bytes that came back."""

    requests: int = 0
    bytes: int = 0


def first_visit(address: str, path: str, cookies: Mapping[str, str]) -> Visit:
    """Open the page in Chromium; without one on this machine, add up what its HTML links to."""
    program = browser.program()
    if program is None:
        return without_browser(address, path, cookies)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=browser.FLAGS)
        page = chromium.new_page()
        page.context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        visit = _counted(page, address + path)
        chromium.close()
    return visit


def without_browser(address: str, path: str, cookies: Mapping[str, str]) -> Visit:
    """Return page, styles, scripts, pictures and fonts by name: fonts not drawn count as well."""
    visitor = Visitor(address)
    visitor.cookies |= cookies
    waiting, seen, visit = [path], set(), Visit()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        answer = visitor.get(current)
        visit.requests += 1
        visit.bytes += len(answer.body) + len(str(answer.headers))
        waiting += LINKED.findall(answer.text)
        if current.endswith(".css"):
            waiting += [
                urljoin(current, to) for to in re.findall(r"url\(\"?([^)\"]+)", answer.text)
            ]
    return visit


def _counted(page: Page, url: str) -> Visit:
    visit = Visit()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")

    def finished(event: Mapping[str, float]) -> None:
        visit.bytes += int(event["encodedDataLength"])

    def sent(_event: object) -> None:
        visit.requests += 1

    wire.on("Network.requestWillBeSent", sent)
    wire.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    return visit
