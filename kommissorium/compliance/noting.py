"""The event by which the chain knows of a fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Noted:
    """An event: its number, the day it was written, and its hash."""

    seq: int
    on: date
    hash: str
