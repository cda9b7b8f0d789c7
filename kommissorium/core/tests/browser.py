"""The browser of the journeys: Debian's Chromium without a window, Chromium, or one like it."""

from __future__ import annotations

import shutil

# The first draws nothing for a screen: a quarter less work, and the same pages.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# It runs as root on build machines and asks nobody but the program under test.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program() -> str | None:
    """Return the path of a Chromium on this machine; None without one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
