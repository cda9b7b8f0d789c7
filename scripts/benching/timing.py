"""The time of pages over HTTP for one reader at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from visiting import Visitor

WARM_UP = 5
ROUNDS = 60
# A pack takes many times as long as a page.
ROUNDS_OF_PACK = 10
EMPTY = "no_page"
type Page = Mapping[str, Any]


@dataclass
class Timed:
    """A page on one server, its reader there, and its time in milliseconds."""

    page: Page
    visitor: Visitor
    times: list[float] = field(default_factory=list)

    def read(self, turn: int) -> None:
        """Read it once; the first turns do not count. Raises RuntimeError for a wrong answer."""
        if self.page["name"].startswith("pack") and turn >= WARM_UP + ROUNDS_OF_PACK:
            return
        answer = self.visitor.get(self.page["path"])
        if answer.status != self.page["status"]:
            raise RuntimeError(f"{self.page['path']} answered {answer.status}")
        if turn >= WARM_UP:
            self.times.append(answer.taken)

    def result(self) -> dict[str, float]:
        p95 = quantiles(self.times, n=20)[-1]
        return {"median": round(median(self.times), 1), "p95": round(p95, 1)}


def time_pages(servers: Mapping[str, tuple[str, Sequence[Page]]]) -> dict[str, list[Page]]:
    """Return the pages of each server with median, p95 and the ratio of both to an empty page.

    `servers` holds address and pages by name of the server. All pages of all servers take
    turns, so that a busy machine is as unfair to one as to another. The empty page is the
    signed-in "there is no such page" of the same server: it passes all middleware, draws the
    frame with navigation and has nothing in it.
    """
    timed = {name: _visited(*server) for name, server in servers.items()}
    for turn in range(WARM_UP + ROUNDS):
        for group in zip(*timed.values(), strict=True):
            for one in group:
                one.read(turn)
    return {name: [_with_ratio(one, group) for one in group] for name, group in timed.items()}


def server_floor(address: str) -> dict[str, float]:
    """Return the server's time to say that it runs, without session or template."""
    health = Timed({"name": "health", "path": "/health/", "status": 200}, Visitor(address))
    for turn in range(WARM_UP + ROUNDS):
        health.read(turn)
    return health.result()


def _visited(address: str, pages: Sequence[Page]) -> list[Timed]:
    visitors = {who: Visitor(address, who) for who in {page["who"] for page in pages}}
    return [Timed(page, visitors[page["who"]]) for page in pages]


def _with_ratio(one: Timed, group: Sequence[Timed]) -> Page:
    empty = next(
        other
        for other in group
        if other.page["name"] == EMPTY and other.page["who"] == one.page["who"]
    ).result()
    found = one.result()
    ratios = {f"{name}_ratio": round(found[name] / empty[name], 1) for name in found}
    return {**one.page, **found, **ratios}
