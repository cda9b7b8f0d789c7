"""Measure the running program on a demonstration of its own; write bench.json.

How long the demonstration takes to build and to start, how long every kind of page takes for
one reader (median and 95th percentile), how many pages a second eight readers get, how long
the pack of a meeting takes, and how much memory all processes hold at the end.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import psutil
from visiting import Visitor

from kommissorium.config.tests import program

ROUNDS = 20
READERS = 8
READ_SECONDS = 10
OK = 200
TARGET = Path(__file__).resolve().parent.parent / "bench.json"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kommissorium-bench-") as folder:
        results = measure(Path(folder) / "data")
    TARGET.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    faults = [path for path, page in results["pages"].items() if page["status"] != OK]
    print(f"make bench: {len(results['pages'])} pages, {len(faults)} faults; see {TARGET.name}.")
    return 1 if faults else 0


def measure(data: Path) -> dict[str, Any]:
    """Return all figures; times in milliseconds unless the name says otherwise."""
    results: dict[str, Any] = {}
    results["build_seconds"] = seconds(lambda: program.run("demo", "--no-serve", "--data", data))
    started = perf_counter()
    with program.running("demo", data) as running:
        results["start_seconds"] = round(perf_counter() - started, 2)
        print(f"built in {results['build_seconds']} s, started in {results['start_seconds']} s")
        visitor = Visitor(running.address, "coordinator")
        results["pages"] = {path: time_page(visitor, path) for path in visitor.pages()}
        results["pages_per_second"] = read_together(running.address, list(results["pages"]))
        results["memory_mb"] = memory(running.pid)
    print(f"{results['pages_per_second']} pages/s for {READERS} readers, {results['memory_mb']} MB")
    for form in ("pdf", "docx", "json"):
        target = data.parent / f"pack.{form}"
        pack = ("pack", "--data", data, "--format", form, "-o", target)
        results[f"pack_{form}_seconds"] = seconds(partial(program.run, *pack))
        print(f"pack as {form}: {results[f'pack_{form}_seconds']} s, {target.stat().st_size} bytes")
    return results


def time_page(visitor: Visitor, path: str) -> dict[str, Any]:
    """Read a page again and again; the first time does not count."""
    visitor.get(path)
    answers = [visitor.timed(path) for _ in range(ROUNDS)]
    times = [taken for _status, taken in answers]
    page = {
        "status": max(status for status, _taken in answers),
        "median": round(median(times), 1),
        "p95": round(quantiles(times, n=20)[-1], 1),
    }
    print(f"{page['status']} {page['median']:8.1f} {page['p95']:8.1f} ms  {path}")
    return page


def read_together(address: str, paths: list[str]) -> float:
    """Return how many pages a second several readers get at once."""
    visitors = [Visitor(address, "chair") for _ in range(READERS)]
    end = perf_counter() + READ_SECONDS

    def read(visitor: Visitor) -> int:
        count = 0
        while perf_counter() < end:
            visitor.get(paths[count % len(paths)])
            count += 1
        return count

    with ThreadPoolExecutor(READERS) as pool:
        return round(sum(pool.map(read, visitors)) / READ_SECONDS, 1)


def memory(pid: int) -> float:
    """Return what the program and its children hold, in megabytes."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return round(sum(one.memory_info().rss for one in family) / 1024 / 1024, 1)


def seconds(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return round(perf_counter() - started, 2)


if __name__ == "__main__":
    sys.exit(main())
