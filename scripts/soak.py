"""Let the program run under mixed load, and watch that it holds.

    make soak FAMILY=17               a quarter of an hour on each database
    make soak FAMILY=17 MINUTES=480   a night on each

Twenty people write at the same time in three items; others read all pages, ask for every address of
the access table with ever other sorting and filters, sign in and out, fetch packs, upload files, some
of them made to do harm, and export. On SQLite backups are made meanwhile, restored beside it and
checked. On PostgreSQL the database crashes and is restarted, a web process and the worker are killed,
in turn: what was typed then must stand in the answer, and whoever presses again must get on.

It fails for an answer of 500 or more without such a trouble, a form that is refused, a locked database,
an edit that is missing in the chain, a chain that does not hold, a web process above 350 MB, and on
SQLite, where no process is killed, for memory or open files that grow once all is loaded and warm.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import mean
from time import monotonic, sleep

from benching.holding import held, largest_web, open_files
from benching.load import Load
from benching.trouble import Trouble

from kommissorium.config.tests import cluster, program

MINUTES = float(os.environ.get("MINUTES", "15"))
SAMPLES = 50
MEANWHILE_EVERY = 8  # samples: the next trouble, or a backup made under load, restored and checked
IS_AWAY = r".*the database does not answer.*"  # a line a minute, in the trouble
WARM = max(SAMPLES // 5, min(SAMPLES // 2, round(SAMPLES * 6 / MINUTES)))  # after six minutes
WINDOW = 5  # samples whose mean is compared
MOST_GROWTH = 1.15
MOST_OF_ONE = 350 * 1.1  # MB: what was too much is replaced only when it was seen twice
type Sample = tuple[float, int, float]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped on the way out
    faults = [f"{name}: {one}" for name, server in databases() for one in soaked(name, server)]
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"make soak: {MINUTES:g} minutes, {len(faults)} faults.")
    return 1 if faults else 0


def databases() -> Iterator[tuple[str, cluster.Server | None]]:
    """Yield each database that this machine has, by name; SQLite needs no server."""
    yield "SQLite", None
    if cluster.programs():
        with cluster.kept() as server:
            yield "PostgreSQL", server


def soaked(name: str, server: cluster.Server | None) -> list[str]:
    """Return what went wrong on that database, and print what was done."""
    database = server.url if server else ""
    with demonstration(database) as data:
        before, _chain = verify(data, database)
        print(f"{name}: {MINUTES:g} minutes. MB (PSS), open files, answers:", flush=True)
        with program.running("demo", data, database) as running:
            trouble = Trouble(server, running.pid) if server else None
            with Load(running.address, trouble) as load:
                meanwhile = trouble.make if trouble else partial(drill, data, load)
                samples = watch(running.pid, load, meanwhile)
        after, chain = verify(data, database)
        faults = [*load.errors[:20], *largest(samples), *([] if trouble else growth(samples))]
        log = (data.parent / "log").read_text(encoding="utf-8")
        faults += logged(re.sub(IS_AWAY, "", log) if trouble else log)
    saved = load.counts["edits saved"]
    if after - before < saved:
        faults.append(f"{saved} edits were saved, {after - before} events are in the chain")
    for what, count in sorted((load.counts + (trouble.counts if trouble else Counter())).items()):
        print(f"{count:8} {what}")
    print(chain, flush=True)
    return faults


@contextmanager
def demonstration(database: str) -> Iterator[Path]:
    """Yield the folder of a demonstration that was just built."""
    with tempfile.TemporaryDirectory(prefix="kommissorium-soak-") as folder:
        data = Path(folder) / "data"
        program.run("demo", "--no-serve", "--data", data, database=database)
        yield data


def verify(data: Path, database: str = "") -> tuple[int, str]:
    """Return the number of events in the chain and the check's output. It fails when it must."""
    text = program.run("verify", "--data", data, database=database).strip()
    return int(text.split()[0].replace(",", "")), text


def watch(pid: int, load: Load, meanwhile: Callable[[], None]) -> list[Sample]:
    """Return memory (MB, PSS) and open files of all, and the largest web process, at even intervals."""
    samples: list[Sample] = []
    end = monotonic() + MINUTES * 60
    for number in range(1, SAMPLES + 1):
        sleep(max(0, end - (SAMPLES - number) * MINUTES * 60 / SAMPLES - monotonic()))
        memory = held(pid)
        samples.append((memory["all"].pss, open_files(pid), largest_web(pid)))
        if number % WINDOW == 0:
            apart = ", ".join(f"{name} {one.pss:.0f}" for name, one in memory.items())
            print(f"{apart:45} {samples[-1][1]:5} {load.answered:8}", flush=True)
        if number % MEANWHILE_EVERY == 0:
            meanwhile()
        if load.errors:
            break
    return samples


def drill(data: Path, load: Load) -> None:
    """Make a backup while people write, restore it into an empty folder, and have it checked."""
    before = monotonic()
    with tempfile.TemporaryDirectory(prefix="kommissorium-drill-") as folder:
        source, key, target = (Path(folder) / name for name in ("backup", "key", "restored"))
        try:
            program.run("backup", "--data", data, "-o", source, "--key-to", key)
            text = program.run("restore", source, "--data", target, "--key", key)
        except RuntimeError as error:
            load.errors.append(f"the drill of a restore: {error}")
            return
        size = source.stat().st_size / 1e6
    [told] = [line for line in text.splitlines() if line.startswith("It is restored")]
    print(f"drill: {size:.0f} MB in {monotonic() - before:.0f} s. {told}", flush=True)


def growth(samples: list[Sample]) -> list[str]:
    """Compare the end with the time when all was loaded and warm."""
    if len(samples) < SAMPLES:
        return ["it ended before anything could be compared"]
    faults = []
    for place, name in enumerate(("memory", "open files")):
        values = [sample[place] for sample in samples]
        warm, last = mean(values[WARM : WARM + WINDOW]), mean(values[-WINDOW:])
        print(f"{name}: {warm:.1f} warm, {last:.1f} at the end ({last / warm - 1:+.1%})")
        if last > warm * MOST_GROWTH:
            faults.append(f"{name} grew by more than {MOST_GROWTH - 1:.0%}")
    return faults


def largest(samples: list[Sample]) -> list[str]:
    """Look at the web process that took the most memory."""
    most = max(sample[2] for sample in samples)
    print(f"the largest web process: {most:.0f} MB")
    return [f"a web process took {most:.0f} MB"] if most > MOST_OF_ONE else []


def logged(log: str) -> list[str]:
    """Return the program's log of its own errors."""
    return re.findall(r".*(?:database is locked|Traceback|\bERROR\b|\bCRITICAL\b).*", log)[:20]


if __name__ == "__main__":
    sys.exit(main())
