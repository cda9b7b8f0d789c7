"""What the program is to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_QUERIES = 12


@dataclass(frozen=True)
class Target:
    """The most a figure may be, in `unit`."""

    name: str
    actual: float
    most: float
    unit: str

    @property
    def is_reached(self) -> bool:
        return self.actual <= self.most

    def __str__(self) -> str:
        if self.is_reached:
            return f"reached      {self.name}: {self.actual:g} {self.unit} (at most {self.most:g})"
        return f"NOT REACHED  {self.name}: {self.actual:g} against {self.most:g} {self.unit}"


def targets(results: Mapping[str, Any]) -> Iterator[Target]:
    """Yield every target with what was measured."""
    seconds, visits, memory = results["seconds"], results["first_visit"], results["memory"]
    for name in ("pdf", "print"):
        label = f"pack of 40 attached pages ({name})"
        yield Target(label, results["packs"][name]["seconds"], 1, "s")
    yield Target("reading terms of reference", seconds["read_mandate"]["wall"], 0.5, "s")
    yield Target("migrating an empty database", seconds["init"]["wall"], 5, "s")
    yield Target("second start", seconds["second_start"]["wall"], 4, "s")
    for when in ("started", "after_pages"):
        label = f"memory, {when.replace('_', ' ')} (PSS)"
        yield Target(label, memory[when]["all"]["pss"], 180, "MB")
    for size in ("1x", "50x"):
        most = max(page["queries"] for page in results["pages"][size])
        yield Target(f"queries of a page, {size}", most, MOST_QUERIES, "queries")
    for name, visit in visits.items():
        yield Target(f"first visit, {name}", visit["requests"], 20, "requests")
        yield Target(f"first visit, {name}", visit["kilobytes"], 500, "kB")
