"""Let the program run under mixed load, and watch that it holds.

    make soak FAMILY=17               a quarter of an hour
    make soak FAMILY=17 MINUTES=480   a night

Twenty people write at the same time in three items; others read all pages, ask for every address of
the access table with ever other sorting and filters, sign in and out, fetch packs, upload files, some of them made to do harm, and export. Meanwhile backups are made, restored beside it and checked. It fails for an answer of 500 or more, a form that is refused, a locked
database, an edit that is missing in the chain, a chain that does not hold, a web process above
350 MB, and for memory or open files that grow once all is loaded and warm.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
from pathlib import Path
from statistics import mean
from time import monotonic, sleep

from benching.holding import held, largest_web, open_files
from benching.load import Load

from kommissorium.config.tests import program

MINUTES = float(os.environ.get("MINUTES", "15"))
SAMPLES = 50
DRILL_EVERY = 15  # samples: a backup is made under load, restored and checked
WARM = max(SAMPLES // 5, min(SAMPLES // 2, round(SAMPLES * 6 / MINUTES)))  # after six minutes
WINDOW = 5  # samples whose mean is compared
MOST_GROWTH = 1.15
MOST_OF_ONE = 350 * 1.1  # MB: what was too much is replaced only when it was seen twice
type Sample = tuple[float, int, float]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the server is stopped on the way out
    with tempfile.TemporaryDirectory(prefix="kommissorium-soak-") as folder:
        data = Path(folder) / "data"
        program.run("demo", "--no-serve", "--data", data)
        before, _chain = verify(data)
        print(f"make soak: {MINUTES:g} minutes. MB (PSS), open files, answers:", flush=True)
        with program.running("demo", data) as running, Load(running.address) as load:
            samples = watch(running.pid, load, data)
        after, chain = verify(data)
        faults = [*load.errors[:20], *growth(samples)]
        faults += logged((Path(folder) / "log").read_text(encoding="utf-8"))
    saved = load.counts["edits saved"]
    if after - before < saved:
        faults.append(f"{saved} edits were saved, {after - before} events are in the chain")
    for what, count in sorted(load.counts.items()):
        print(f"{count:8} {what}")
    print(chain)
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"make soak: {MINUTES:g} minutes, {len(faults)} faults.")
    return 1 if faults else 0


def verify(data: Path, database: str = "") -> tuple[int, str]:
    """Return the number of events in the chain and the check's output. It fails when it must."""
    text = program.run("verify", "--data", data, database=database).strip()
    return int(text.split()[0].replace(",", "")), text


def watch(pid: int, load: Load, data: Path) -> list[Sample]:
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
        if number % DRILL_EVERY == 0:
            drill(data, load)
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
    largest = max(sample[2] for sample in samples)
    print(f"the largest web process: {largest:.0f} MB")
    if largest > MOST_OF_ONE:
        faults.append(f"a web process took {largest:.0f} MB")
    return faults


def logged(log: str) -> list[str]:
    """Return the program's log of its own errors."""
    return re.findall(r".*(?:database is locked|Traceback|\bERROR\b|\bCRITICAL\b).*", log)[:20]


if __name__ == "__main__":
    sys.exit(main())
