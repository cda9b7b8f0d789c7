"""The memory that the running program holds, all its processes together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import psutil

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Held:
    """Megabytes held by one process or by all: PSS counts shared memory once, RSS each time."""

    rss: float
    pss: float


def family(pid: int) -> list[psutil.Process]:
    """Return the process and its descendants, except those that open a file and end."""
    process = psutil.Process(pid)
    started = process.children(recursive=True)
    return [process, *(one for one in started if not _opens_a_file(one))]


def _opens_a_file(process: psutil.Process) -> bool:
    """Return whether it is one of those, or gone by now."""
    try:
        return "-I" in process.cmdline()[:2]
    except psutil.NoSuchProcess:
        return True


def held(pid: int) -> dict[str, Held]:
    """Return the memory by name of the process, and of "all". Reads /proc: Linux alone."""
    found: dict[str, Held] = {}
    for number, process in enumerate(family(pid)):
        try:
            memory, name = process.memory_full_info(), _name(process, number)
        except psutil.NoSuchProcess:
            continue
        known = found.get(name, Held(0, 0))
        found[name] = Held(known.rss + memory.rss / MEGABYTE, known.pss + memory.pss / MEGABYTE)
    every = found.values()
    return {**found, "all": Held(sum(one.rss for one in every), sum(one.pss for one in every))}


def largest_web(pid: int) -> float:
    """Return the memory (RSS, in millions of bytes) of the web process that has the most."""
    found = [0.0]
    for process in processes(pid, "web"):
        with suppress(psutil.NoSuchProcess):
            found.append(process.memory_info().rss / 1e6)
    return max(found)


def processes(pid: int, name: str) -> list[psutil.Process]:
    """Return the processes of that name, as `held` calls them."""
    found = []
    for number, process in enumerate(family(pid)):
        with suppress(psutil.NoSuchProcess):
            found += [process] if _name(process, number) == name else []
    return found


def _name(process: psutil.Process, number: int) -> str:
    if number == 0:
        return "parent"
    return "worker" if "kommissorium.config.worker" in process.cmdline() else "web"


def open_files(pid: int) -> int:
    """Return the number of files that the process and its descendants have open."""
    found = 0
    for process in family(pid):
        with suppress(psutil.NoSuchProcess):
            found += process.num_fds()
    return found
