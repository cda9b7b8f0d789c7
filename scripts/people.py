"""Let fifty people be at work at once, on SQLite and on PostgreSQL, and tell how long they wait.

    make soak FAMILY=17               after the mixed load of soak.py, ten minutes on each
    MINUTES=2 .venv/bin/python scripts/people.py

Each opens a page, reads it for some seconds and opens the next; ten of them write in the items of an
agenda. It fails for an answer of 500 or more, a locked database or another error in the log, an edit
that is missing in the chain, and where one answer in twenty takes more than a fifth of a second.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from statistics import median, quantiles
from time import sleep

from benching.crowd import Crowd
from soak import databases, demonstration, logged, verify
from visiting import Visitor

from kommissorium.config.tests import cluster, program

MINUTES = min(10.0, float(os.environ.get("MINUTES", "10")))
WRITERS, READERS = 10, 40
WHO = ("coordinator", "chair", "member", "deputy", "dpo", "executive", "auditor", "employee")
READS = (3.0, 12.0)  # seconds between two pages
WRITES = 20.0  # seconds somebody writes before saving
MOST_P95 = 200  # milliseconds


class People(Crowd):
    """Fifty people, each with pages of their own to read; some write."""

    def work(self) -> list[Callable[[], None]]:
        _meeting, items = self.agenda(0)
        self._pages = {who: Visitor(self.address, who).pages() for who in WHO}
        places = islice(cycle(items), WRITERS)
        return [
            *(partial(self.write, "coordinator", item, WRITES) for item in places),
            *(partial(self._read, who, n) for n, who in enumerate(islice(cycle(WHO), READERS))),
        ]

    def _read(self, who: str, number: int) -> None:
        chance, visitor = random.Random(number), Visitor(self.address, who)
        while self.goes_on(chance.uniform(*READS)):
            path = chance.choice(self._pages[who])
            self.note(visitor.get(path), path)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped on the way out
    faults = [f"{name}: {one}" for name, server in databases() for one in at_work(name, server)]
    for fault in faults:
        print(f"FAULT: {fault}")
    print(f"fifty people: {MINUTES:g} minutes, {len(faults)} faults.")
    return 1 if faults else 0


def at_work(name: str, server: cluster.Server | None) -> list[str]:
    """Return what went wrong while fifty people were at work, and print how long they waited."""
    database = server.url if server else ""
    with demonstration(database) as data:
        before, _chain = verify(data, database)
        with program.running("demo", data, database) as running, People(running.address) as people:
            people.taken.clear()
            sleep(MINUTES * 60)
        faults = [*people.errors[:20], *logged((data.parent / "log").read_text("utf-8"))]
        after, _chain = verify(data, database)
    saved, slow = people.counts["edits saved"], quantiles(people.taken, n=20)[-1]
    if after - before < saved:
        faults.append(f"{saved} edits were saved, {after - before} events are in the chain")
    if slow > MOST_P95:
        faults.append(f"one answer in twenty took more than {slow:.0f} ms")
    print(
        f"{name}: {len(people.taken)} answers, median {median(people.taken):.0f} ms, p95 {slow:.0f} ms,"
        f" {saved} edits saved, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return faults


if __name__ == "__main__":
    sys.exit(main())
