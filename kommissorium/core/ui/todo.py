"""A to-do line: one thing that waits for a person."""

from __future__ import annotations

from typing import NamedTuple


class Todo(NamedTuple):
    """One thing to do: a sentence, and the button that leads to where it is done."""

    text: str
    action: str
    url: str
    urgent: bool = False
