"""Measure the program on a demonstration of its own, and on one fifty times its size.

Prints what was found beside the targets and writes it to bench.json. A target that is missed
is told and fails nothing; a page that does not answer ends the run.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

from benching.holding import family, held
from benching.printing import print_all
from benching.timing import server_floor, time_pages
from benching.visits import first_visit
from visiting import Visitor

from kommissorium.config.tests import cluster, program

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "bench.json"
MANDATE = HERE.parent / "kommissorium" / "committees" / "mandate_texts" / "da.md"
SIZES = {"1x": 1, "50x": 50}
YEARS = {"ten years": 4}  # as many times the three years of the demonstration
REQUESTS = 500
PASSAGES = 200_000
REST = 3  # seconds until a server that has just started does nothing any more
WHO = "coordinator"
INIT = ("--municipality", "Havneby Kommune", "--name", "Anna", "--email", "anna@havneby.example")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped on the way out
    started = perf_counter()
    with tempfile.TemporaryDirectory(prefix="kommissorium-bench-") as folder:
        results = measure(Path(folder))
    TARGET.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print_all(results)
    print(f"make bench: {perf_counter() - started:.0f} s; all figures are in {TARGET.name}.")
    return 0


def measure(folder: Path) -> dict[str, Any]:
    """Return all figures: pages in milliseconds, memory in MB, everything else in seconds."""
    results: dict[str, Any] = {"machine": machine(), "seconds": time_command(folder)}
    pages = {size: prepare(folder, size) for size in SIZES}
    say("setting packs")
    results["packs"] = json.loads(run("setting.py"))
    results["sizes"] = time_sizes(folder)
    results["answer"] = {size: answer(folder, size) for size in (*SIZES, *YEARS)}
    results["search"] = time_search(folder)
    started = perf_counter()
    with program.running("demo", folder / "1x" / "data") as running:
        Visitor(running.address).get("/demo/")
        wall, cpu = perf_counter() - started, work(running.pid)
        results["seconds"]["second_start"] = {"wall": round(wall, 2), "cpu": round(cpu, 2)}
        say("weighing")
        results["memory"] = hold(running, pages["1x"])
        results["first_visit"] = visit(running.address)
    say(f"timing {len(pages['1x'])} pages of each size")
    with ExitStack() as stack:
        servers = {
            size: stack.enter_context(program.running("demo", folder / size / "data")).address
            for size in SIZES
        }
        results["floor"] = {size: server_floor(address) for size, address in servers.items()}
        results["pages"] = time_pages({size: (servers[size], pages[size]) for size in SIZES})
    results["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    return results


def prepare(folder: Path, size: str) -> list[dict[str, Any]]:
    """Make the demonstration of that size; return its pages with their queries."""
    say(f"making a demonstration of size {size}")
    data = folder / size / "data"
    shutil.copytree(folder / "data", data)
    run("growing.py", data, str(SIZES[size]))
    pages: list[dict[str, Any]] = json.loads(run("asking.py", data))
    return pages


def answer(folder: Path, size: str) -> dict[str, float]:
    """Return the time to answer for all clauses on a day, with that much of a past."""
    say(f"answering for all clauses, {size}")
    data = folder / size / "data"
    if size in YEARS:
        shutil.copytree(folder / "data", data)
        run("growing.py", data, str(YEARS[size]))
    found: dict[str, float] = json.loads(run("answering.py", data))
    return found


def time_sizes(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the pages of each register that wants it, by the number of its rows."""
    found = {}
    for code, sized in json.loads(run("sizes.py", folder / "data")).items():
        data = folder / code / "data"
        shutil.copytree(folder / "data", data)
        pages = {}
        for number in sized["sizes"]:
            say(f"timing {code} with {number} rows")
            pages[str(number)] = json.loads(run("sizes.py", data, code, str(number)))
        found[code] = {"fast": sized["fast"], "pages": pages}
    return found


def time_search(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the time of a search on each database that this machine has."""
    found = {}
    for name in ("sqlite", *(("postgresql",) if cluster.programs() else ())):
        say(f"searching {PASSAGES} passages on {name}")
        data = folder / f"search-{name}"
        address = cluster.start() if name == "postgresql" else ""  # it lasts as long as we do
        if address:
            program.run("demo", "--no-serve", "--data", data, "--years=3", database=address)
        else:
            shutil.copytree(folder / "data", data)
        found[name] = json.loads(run("searching.py", data, str(PASSAGES), database=address))
    return found


def time_command(folder: Path) -> dict[str, dict[str, float]]:
    """Return the time of the command on an empty folder and on a file."""
    say("building")
    demo = partial(program.run, "demo", "--no-serve", "--data")
    build, build_long = partial(demo, folder / "short"), partial(demo, folder / "data", "--years=3")
    init = partial(program.run, "init", "--data", folder / "empty", *INIT)
    read = partial(program.run, "mandate", "read", MANDATE)
    pack = partial(program.run, "pack", "--data", folder / "data", "-o", folder / "pack.pdf")
    return {
        "build_demo": seconds(build),
        "build_three_years": seconds(build_long),
        "init": seconds(init),
        "read_mandate": seconds(read, 5),
        "pack_by_command": seconds(pack, 3),
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


def run(script: str, *arguments: str | Path, database: str = "") -> str:
    """Run a script of `benching` in a process of its own; return its output."""
    command = [sys.executable, HERE / "benching" / script, *arguments]
    env = program.environment(database)
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def seconds(action: Callable[[], object], times: int = 1) -> dict[str, float]:
    """Return the median of the seconds: by the clock, and of work by the processor."""
    walls, works = [], []
    for _ in range(times):
        before, started = _children(), perf_counter()
        action()
        walls.append(perf_counter() - started)
        works.append(_children() - before)
    return {"wall": round(median(walls), 2), "cpu": round(median(works), 2)}


def work(pid: int) -> float:
    """Return the seconds of work of all processes of a program that runs."""
    times = [process.cpu_times() for process in family(pid)]
    return sum(one.user + one.system + one.children_user + one.children_system for one in times)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def machine() -> dict[str, Any]:
    """Return the conditions of the times; a busy machine makes all of them worse."""
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
