"""What the program is to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_QUERIES = 12
FAST_OF_RISKS = ("overview", "list")  # as risks.py calls its pages; the matrix is on the first


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
    yield from of_risks(results["risks"])


def of_risks(sizes: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Target]:
    """Yield the targets of the register of risks: of the processor's times, 95 of 100 visits."""
    for number, pages in sizes.items():
        most = max(page["queries"] for page in pages)
        yield Target(f"queries of a page, {number} risks", most, MOST_QUERIES, "queries")
    for name in FAST_OF_RISKS:
        times = {number: _p95_of(pages, name) for number, pages in sizes.items()}
        for number in ("5000", "50000"):
            ratio = round(times[number] / times["0"], 2)
            yield Target(f"risks, {name}: {number} against none", ratio, 3, "times")
        growth = round(times["50000"] / times["100"], 2)
        yield Target(f"risks, {name}: 50000 against 100", growth, 1.3, "times")
    yield Target("risks, list of 5000", _p95_of(sizes["5000"], "list"), 60, "ms")


def _p95_of(pages: Sequence[Mapping[str, Any]], name: str) -> float:
    """Return the time of the page of that name that stands first: of who reads all."""
    found: float = next(page["cpu_p95"] for page in pages if page["name"] == name)
    return found
