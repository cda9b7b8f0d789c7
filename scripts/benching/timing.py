"""How long pages take over HTTP for one reader at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from visiting import Visitor

WARM_UP = 5
ROUNDS = 60
# A pack takes many times as long as a page.
ROUNDS_OF_PACK = 10
EMPTY = "no_page"


def time_pages(address: str, pages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return median and p95 of each page in milliseconds, and their ratio to an empty page.

    The empty page is the signed-in "there is no such page" of the same server: it passes all
    middleware and draws the frame with navigation, and has nothing in it.
    """
    visitors = {who: Visitor(address, who) for who in {page["who"] for page in pages}}
    floor = _timed(visitors["coordinator"], EMPTY, _path_of(pages, EMPTY))
    found = []
    for page in pages:
        times = _timed(visitors[page["who"]], page["name"], page["path"])
        ratio = {f"{name}_ratio": round(taken / floor[name], 1) for name, taken in times.items()}
        found.append({**times, **ratio})
    return found


def server_floor(address: str) -> dict[str, float]:
    """Return how long the server takes to say that it runs, without session or template."""
    return _timed(Visitor(address), "health", "/health/")


def _path_of(pages: Sequence[Mapping[str, Any]], name: str) -> str:
    return next(str(page["path"]) for page in pages if page["name"] == name)


def _timed(visitor: Visitor, name: str, path: str) -> dict[str, float]:
    is_pack = name.startswith("pack")
    answers = [visitor.get(path) for _ in range(ROUNDS_OF_PACK if is_pack else WARM_UP + ROUNDS)]
    wrong = {answer.status for answer in answers} - {404 if name == EMPTY else 200}
    if wrong:
        raise RuntimeError(f"{path} answered {wrong}")
    times = [answer.taken for answer in answers[1 if is_pack else WARM_UP :]]
    return {"median": round(median(times), 1), "p95": round(quantiles(times, n=20)[-1], 1)}
