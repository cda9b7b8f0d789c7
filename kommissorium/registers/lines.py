"""A line of what many rows would become, as previews of imports and of changes show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A value of a row in words; `before` is what the register says, where that differs."""

    label: str
    after: str
    before: str = ""
    is_change: bool = False
