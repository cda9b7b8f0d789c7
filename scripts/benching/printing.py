"""The figures of a run as tables for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benching.targets import MOST_QUERIES, targets

NOTE = """The server's floor is /health/: no session, no template. The empty page is the signed-in
"there is no such page", which passes all middleware and draws the frame. Times are milliseconds
of one reader over a kept connection; x is the ratio to the empty page of the same server."""
HEAD = f"{'':34}{'queries':>9}{'1x: median':>12}{'p95':>8}{'x':>6}{'50x: median':>13}{'p95':>8}{'x':>6}"


def print_all(results: Mapping[str, Any]) -> None:
    print_pages(results["pages"]["1x"], results["pages"]["50x"])
    for size, floor in results["floor"].items():
        print(f"/health/ at {size}: median {floor['median']} ms, p95 {floor['p95']} ms")
    print(f"\n{NOTE}\n")
    print_rest(results)
    print()
    for target in targets(results):
        print(target)


def print_pages(small: Sequence[Mapping[str, Any]], large: Sequence[Mapping[str, Any]]) -> None:
    print(HEAD)
    for one, many in zip(small, large, strict=True):
        times = "".join(
            f"{page['median']:>{width}}{page['p95']:>8}{page['median_ratio']:>6}"
            for page, width in ((one, 12), (many, 13))
        )
        queries = f"{one['queries']}/{many['queries']}"
        print(f"{one['who']:13}{one['name']:21}{queries:>9}{times}{_remark(one, many)}")


def print_rest(results: Mapping[str, Any]) -> None:
    packs = results["packs"]
    print(f"Pack of {packs['items']} items with {packs['attached_pages']} attached pages:")
    for name in ("pdf", "print", "docx"):
        pack = packs[name]
        each = f", {pack['seconds'] * 1000 / pack['pages']:.1f} ms a page" if pack["pages"] else ""
        print(f"  {name:6}{pack['seconds']:8.3f} s, {pack['pages'] or 'no'} pages{each}")
    print("Seconds:")
    for name, taken in results["seconds"].items():
        print(f"  {name.replace('_', ' '):28}{taken:8.2f}")
    print("Memory in MB (PSS; RSS in brackets):")
    for when, memory in results["memory"].items():
        parts = ", ".join(f"{who} {one['pss']} ({one['rss']})" for who, one in memory.items())
        print(f"  {when.replace('_', ' '):28}{parts}")


def _remark(one: Mapping[str, Any], many: Mapping[str, Any]) -> str:
    if many["queries"] > one["queries"]:
        return "  GROWS"
    return "  MANY" if max(one["queries"], many["queries"]) > MOST_QUERIES else ""
