"""A first step of a new municipality: something missing, and where to add it."""

from __future__ import annotations

from typing import NamedTuple


class FirstStep(NamedTuple):
    """One step: its name, what is missing, and the button that leads to the page for it."""

    title: str
    text: str
    action: str
    url: str
    is_done: bool
    tells_of: str = ""  # the address of a to-do that need not be told besides
