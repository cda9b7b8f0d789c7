"""Measure the program on a demonstration of its own, and on one fifty times its size.

Prints what was found beside the targets and writes it to bench.json. A target that is missed
is told and fails nothing; a page that does not answer ends the run.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

from benching.holding import held
from benching.printing import print_all
from benching.timing import server_floor, time_pages
from benching.visits import first_visit
from visiting import Visitor

from kommissorium.config.tests import program

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "bench.json"
MANDATE = HERE.parent / "kommissorium" / "committees" / "mandate_texts" / "da.md"
SIZES = {"1x": 1, "50x": 50}
REQUESTS = 500
REST = 3  # seconds until a server that has just started does nothing any more
WHO = "coordinator"
INIT = ("--municipality", "Havneby Kommune", "--name", "Anna", "--email", "anna@havneby.example")


def main() -> int:
    started = perf_counter()
    with tempfile.TemporaryDirectory(prefix="kommissorium-bench-") as folder:
        results = measure(Path(folder))
    TARGET.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print_all(results)
    print(f"make bench: {perf_counter() - started:.0f} s; all figures are in {TARGET.name}.")
    return 0


def measure(folder: Path) -> dict[str, Any]:
    """Return all figures: pages in milliseconds, memory in MB, all else in seconds."""
    results: dict[str, Any] = {"machine": machine(), "seconds": time_command(folder)}
    for size, times in SIZES.items():
        say(f"making a demonstration of size {size}")
        (folder / size).mkdir()
        shutil.copytree(folder / "data", folder / size / "data")
        run("growing.py", folder / size / "data", str(times))
    say("setting packs")
    results["packs"] = json.loads(run("setting.py"))
    pages = {size: json.loads(run("asking.py", folder / size / "data")) for size in SIZES}
    started = perf_counter()
    with program.running("demo", folder / "1x" / "data") as running:
        if Visitor(running.address).get("/demo/").status != 200:  # noqa: PLR2004 the page is there
            raise RuntimeError("the front page of the demonstration does not answer")
        results["seconds"]["second_start"] = round(perf_counter() - started, 2)
        say("asking for pages")
        results["memory"] = hold(running, pages["1x"])
        results["first_visit"] = visit(running.address)
    results["floor"], results["pages"] = {}, {}
    for size, found in pages.items():
        with program.running("demo", folder / size / "data") as running:
            say(f"timing {len(found)} pages at {size}")
            results["floor"][size] = server_floor(running.address)
            times = time_pages(running.address, found)
        merged = [{**page, **time} for page, time in zip(found, times, strict=True)]
        results["pages"][size] = merged
    return results


def time_command(folder: Path) -> dict[str, float]:
    """Return the seconds of what the command does on an empty folder and on a file."""
    say("building")
    build = partial(program.run, "demo", "--no-serve", "--data", folder / "data")
    init = partial(program.run, "init", "--data", folder / "empty", *INIT)
    read = partial(program.run, "mandate", "read", MANDATE)
    pack = partial(program.run, "pack", "--data", folder / "data", "-o", folder / "pack.pdf")
    return {
        "build_demo": seconds(build),
        "init": seconds(init),
        "read_mandate": median(seconds(read) for _ in range(5)),
        "pack_by_command": median(seconds(pack) for _ in range(3)),
    }


def hold(running: program.Running, pages: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the memory right after the start, after many pages, and after packs."""
    sleep(REST)
    found = {"started": memory(running.pid)}
    visitor = Visitor(running.address, WHO)
    own = [page["path"] for page in pages if page["who"] == WHO]
    plain, packs = [path for path in own if "/pack/" not in path], [own[-1]]
    for number in range(REQUESTS):
        visitor.get(plain[number % len(plain)])
    found["after_pages"] = memory(running.pid)
    for path in (*packs, packs[0].replace("pdf", "print"), packs[0].replace("pdf", "docx")):
        visitor.get(path)
    found["after_packs"] = memory(running.pid)
    return found


def memory(pid: int) -> dict[str, dict[str, float]]:
    return {
        name: {kind: round(value, 1) for kind, value in asdict(one).items()}
        for name, one in held(pid).items()
    }


def visit(address: str) -> dict[str, dict[str, float]]:
    """Return requests and kilobytes of the first page somebody sees, before and after sign-in."""
    signed_in = Visitor(address, WHO).cookies
    found = {}
    for name, path, cookies in (("sign-in", "/account/login/", {}), ("overview", "/", signed_in)):
        one = first_visit(address, path, cookies)
        found[name] = {"requests": one.requests, "kilobytes": round(one.bytes / 1000, 1)}
    return found


def run(script: str, *arguments: str | Path) -> str:
    """Run a script of `benching` in a process of its own; return what it printed."""
    command = [sys.executable, HERE / "benching" / script, *arguments]
    done = subprocess.run(
        command, env=program.environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def seconds(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return round(perf_counter() - started, 2)


def machine() -> dict[str, Any]:
    """Return what the times depend on; a busy machine makes all of them worse."""
    return {
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def say(text: str) -> None:
    print(f"… {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
