"""Let the program run for long under readers and a writer, and watch that it does not grow.

    make soak                       half an hour
    SOAK_MINUTES=480 make soak      a night

It fails for an answer of 500 or more, for memory or open files that keep growing after the
first fifth of the time, and for a chain that does not hold at the end.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Self

import psutil
from visiting import Visitor

from kommissorium.config.tests import program

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
READERS = 4
SAMPLES = 50
MOST_GROWTH = 1.25


class Load:
    """Readers that go round all pages, and a person who changes language all the time."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.over = threading.Event()
        self.answers: dict[int, int] = {}
        self.errors: list[str] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._read) for _ in range(READERS)]
        self._threads.append(threading.Thread(target=self._write))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join()

    def note(self, status: int, path: str) -> None:
        with self._lock:
            self.answers[status] = self.answers.get(status, 0) + 1
            if status >= 500:  # noqa: PLR2004 the server's own fault
                self.errors.append(f"{status} {path}")

    def _read(self) -> None:
        self._carefully(self._read_on)

    def _write(self) -> None:
        self._carefully(self._write_on)

    def _carefully(self, work: Callable[[], None]) -> None:
        try:
            work()
        except OSError as error:
            self.errors.append(str(error))

    def _read_on(self) -> None:
        visitor = Visitor(self.address, "coordinator")
        paths = visitor.pages()
        while not self.over.is_set():
            for path in paths:
                self.note(visitor.get(path)[0], path)
                if self.over.is_set():
                    return

    def _write_on(self) -> None:
        visitor = Visitor(self.address, "chair")
        while not self.over.is_set():
            for language in ("en", "da"):
                page = visitor.get("/")[1]
                self.note(visitor.post("/language/", page, {"language": language})[0], "/language/")
                self.over.wait(1)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kommissorium-soak-") as folder:
        data = Path(folder) / "data"
        program.run("demo", "--no-serve", "--data", data)
        with program.running("demo", data) as running, Load(running.address) as load:
            samples = watch(running.pid, load)
        chain = program.run("verify", "--data", data).strip()
    print(f"{sum(load.answers.values())} answers: {load.answers}")
    print(chain)
    faults = [*load.errors[:20], *growth(samples)]
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"make soak: {MINUTES:g} minutes, {len(faults)} faults.")
    return 1 if faults else 0


def watch(pid: int, load: Load) -> list[tuple[float, int]]:
    """Return memory (MB) and open files of all processes, at even distances."""
    samples = []
    end = monotonic() + MINUTES * 60
    while monotonic() < end and not load.errors:
        sleep(MINUTES * 60 / SAMPLES)
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        held = sum(one.memory_info().rss for one in family) / 1024 / 1024
        samples.append((held, sum(one.num_fds() for one in family)))
        print(f"{held:8.1f} MB {samples[-1][1]:5} files {sum(load.answers.values()):8} answers")
    return samples


def growth(samples: list[tuple[float, int]]) -> list[str]:
    """Compare the end with the end of the first fifth, when all is loaded and warm."""
    if len(samples) < 5:  # noqa: PLR2004 a fifth
        return ["it ended before anything could be compared"]
    warm, last = samples[len(samples) // 5], samples[-1]
    faults = []
    for name, before, after in zip(("memory", "open files"), warm, last, strict=True):
        if after > before * MOST_GROWTH:
            faults.append(f"{name} grew from {before:.0f} to {after:.0f}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
