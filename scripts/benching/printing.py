"""The figures of a run as tables for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benching.targets import most_queries, targets

NOTE = """Times are milliseconds of one reader over a kept connection; x is the ratio to the empty
page of the same server and person: the signed-in "there is no such page", which passes all
middleware and draws the frame. The floor is /health/, without session or template. "work" is
what the processor does for a page, measured inside the process: it does not depend on what
else the machine is doing."""
SIZES = """Pages of a register by its size: the processor's milliseconds in the middle and of 95 of
100 visits, queries; growth is of the latter from the second size to the last."""
TIMES = f"{'median':>9}{'p95':>8}{'x':>6}"
HEAD = f"{'':34}{'queries':>9}{'work: 1x':>10}{'50x':>7}  |{TIMES}  |{TIMES}"


def print_all(results: Mapping[str, Any]) -> None:
    print_pages(results["pages"]["1x"], results["pages"]["50x"])
    for size, floor in results["floor"].items():
        print(f"/health/ at {size}: median {floor['median']} ms, p95 {floor['p95']} ms")
    print(f"\n{NOTE}\n")
    for code, sized in results["sizes"].items():
        print_sizes(code, sized["pages"])
    print_search(results["search"])
    print_rest(results)
    print()
    for target in targets(results):
        print(target)
    machine = results["machine"]
    if max(machine["load"], machine["load_after"]) > machine["processors"]:
        print("The machine was busy with other work; the times are worse than they should be.")


def print_pages(small: Sequence[Mapping[str, Any]], large: Sequence[Mapping[str, Any]]) -> None:
    print(f"{'':62}|{'1x':>23}  |{'50x':>23}")
    print(HEAD)
    for one, many in zip(small, large, strict=True):
        times = "".join(
            f"  |{page['median']:>9}{page['p95']:>8}{page['median_ratio']:>6}"
            for page in (one, many)
        )
        queries = f"{one['queries']}/{many['queries']}"
        worked = f"{one['cpu']:>10}{many['cpu']:>7}"
        name = f"{one['who']:13}{one['name']:21}"
        print(f"{name}{queries:>9}{worked}{times}{_remark(one, many)}")


def print_sizes(code: str, sizes: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Print the pages of a register side by side for every size of it."""
    print(SIZES)
    print(f"{code:46}" + "".join(f"|{f'{number} rows':>21}" for number in sizes) + "|  growth")
    for pages in zip(*sizes.values(), strict=True):
        times = "".join(f"|{one['cpu']:>9}{one['cpu_p95']:>8}{one['queries']:>4}" for one in pages)
        growth = pages[-1]["cpu_p95"] / pages[1]["cpu_p95"]
        print(f"{pages[0]['who']:15}{pages[0]['name']:31}{times}|{growth:8.1f}")
    print()


def print_search(search: Mapping[str, Mapping[str, Any]]) -> None:
    """Print the times of questions, on the page and in the box, by the database."""
    print(f"{'Search: milliseconds of work':46}{'median':>9}{'p95':>8}{'worst':>8}{'load':>8}")
    for name, one in search.items():
        for what in ("page", "suggestions"):
            figures = "".join(f"{one[what][key]:>8}" for key in ("cpu_p95", "cpu_worst"))
            about = f"{name}, {what}, {one['passages']} passages"
            print(f"{about:46}{one[what]['cpu_median']:>9}{figures}{one['load']:>8}")
    print()


def print_rest(results: Mapping[str, Any]) -> None:
    packs = results["packs"]
    print(f"Pack of {packs['items']} items with {packs['attached_pages']} attached pages:")
    for name in ("pdf", "print", "docx"):
        pack = packs[name]
        each = f", {pack['seconds'] * 1000 / pack['pages']:.1f} ms a page" if pack["pages"] else ""
        print(f"  {name:6}{pack['seconds']:8.3f} s, {pack['pages'] or 'no'} pages{each}")
    print("Seconds (of work by the processor in brackets):")
    for name, taken in results["seconds"].items():
        print(f"  {name.replace('_', ' '):28}{taken['wall']:8.2f} ({taken['cpu']:.2f})")
    print("Memory in MB (PSS; RSS in brackets):")
    for when, memory in results["memory"].items():
        parts = ", ".join(f"{who} {one['pss']} ({one['rss']})" for who, one in memory.items())
        print(f"  {when.replace('_', ' '):28}{parts}")


def _remark(one: Mapping[str, Any], many: Mapping[str, Any]) -> str:
    if many["queries"] > one["queries"]:
        return "  GROWS"
    return "  MANY" if many["queries"] > most_queries(many["name"]) else ""
