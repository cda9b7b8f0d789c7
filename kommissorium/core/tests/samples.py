"""The table of sample objects, and the words in all texts that not everybody may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Part of every text of a closed item, and of nothing else (as in meetings.tests.minutes_cases).
CANARY = "kanarie"
# Part of every text of the registers that is about what the system owner of the cast may not see.
FOREIGN = "fremmedlegeme"


@dataclass
class Samples:
    """The keys to put into addresses, by URL name; "name/variant" where one is not enough."""

    by_name: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, name: str) -> dict[str, Any]:
        return self.by_name.get(name) or self.by_name.get(name.partition("/")[0]) or {}

    def add(self, names: str, **arguments: Any) -> None:
        for name in names.split():
            self.by_name[name] = arguments


def secret(what: str) -> str:
    """Return a text of a closed item: "Kanarietitel" for "titel"."""
    return f"{CANARY.capitalize()}{what}"


def foreign(what: str) -> str:
    """Return a text about something of another's: "Fremmedlegemenavn" for "navn"."""
    return f"{FOREIGN.capitalize()}{what}"
