"""Somebody who uses no mouse."""

from __future__ import annotations

import base64
import hmac
import struct
import time

from playwright.sync_api import Page

MOST_STEPS = 150
# Seconds a code is shown, and those that typing and sending it may take.
SHOWN, TYPING = 30, 10


class Keyboard:
    """Tab, type and Enter on a page. An element that Tab does not reach is a failure."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, selector: str) -> None:
        """Press Tab until the element has the focus. Fails when it never gets it."""
        self.page.locator(selector).first.wait_for(state="attached")
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"Tab does not reach {selector} on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """Replace the value of the field of that name."""
        self.go_to(f"[name='{name}']")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def press(self, selector: str) -> None:
        """Go to a button or link and press Enter; wait for the page it leads to."""
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def submit(self) -> None:
        """Press the first button of the page's own form."""
        self.press("main form button.button-primary[type=submit]")


def _true_time() -> float:
    """Return the time of the machine, and so of a phone, whatever day the tests run as on."""
    return time.clock_gettime(time.CLOCK_REALTIME)


def code_of_app(secret: str) -> str:
    """Return the authenticator app's code for the key (RFC 6238); wait for the next at its end."""
    left = SHOWN - _true_time() % SHOWN
    if left < TYPING:
        time.sleep(left)
    key = base64.b32decode(secret.strip().replace(" ", "") + "=" * (-len(secret.strip()) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(_true_time()) // SHOWN), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
