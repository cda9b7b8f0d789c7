"""Measure the pages of a register at a size: `sizes.py DATA CODE SIZE` prints JSON.

With DATA alone it prints which registers say that they are to be measured so.

Fills the register until it has that many rows; 0 takes out those there are, for the pages of an
empty register. Then every page is asked for inside this process. Its times are
milliseconds of work of the processor, which the other work of a machine hardly changes, and
beside them what the clock says. A database that is a program of its own does its work
elsewhere: there the processor's times leave it out.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Sequence
from statistics import median, quantiles
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

os.environ["KOMMISSORIUM_DATA"] = sys.argv[1]
os.environ["KOMMISSORIUM_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from kommissorium.accounts.demo_cast import part  # noqa: E402
from kommissorium.accounts.models import Person  # noqa: E402
from kommissorium.config.tests.rooms import brought  # noqa: E402

NO_PAGE = "/there-is-no-such-page/"
logging.getLogger("django.request").setLevel(logging.ERROR)  # the page that is not there
ROUNDS_OF_FAST, ROUNDS_OF_OTHERS = 100, 20
WARM_UP = 5
READER, OWNER = "coordinator", "system_owner"


def measured(register: ModuleType) -> list[dict[str, Any]]:
    """Return every page with its status, its queries and its times."""
    clients = {who: _signed_in(who) for who in (READER, OWNER)}
    gc.collect()
    gc.freeze()  # what the filling left behind is not gone through again for every page
    rounds = dict.fromkeys(("empty_page", *register.FAST), ROUNDS_OF_FAST)
    found = []
    empty_pages = [(who, "empty_page", NO_PAGE) for who in clients]
    for who, name, path in (*empty_pages, *register.sized_pages()):
        client = clients[who]
        for _turn in range(WARM_UP):
            client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        page = {"who": who, "name": name, "path": path, "status": answer.status_code}
        size = {"queries": len(captured), "kilobytes": round(len(answer.content) / 1000, 1)}
        times = _times(client, path, rounds.get(name, ROUNDS_OF_OTHERS))
        found.append({**page, **size, **times})
    return found


def _times(client: Client, path: str, rounds: int) -> dict[str, float]:
    works, walls = [], []
    for _turn in range(rounds):
        begun, started = perf_counter(), process_time()
        client.get(path)
        works.append((process_time() - started) * 1000)
        walls.append((perf_counter() - begun) * 1000)
    return {
        "cpu": round(median(works), 1),
        "cpu_p95": _p95(works),
        "wall": round(median(walls), 1),
        "wall_p95": _p95(walls),
    }


def _p95(times: Sequence[float]) -> float:
    return round(quantiles(times, n=20)[-1], 1)


def _signed_in(code: str) -> Client:
    member = part(code)
    if member is None:
        raise LookupError(f"nobody plays the part {code}")
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(email=member.email))
    return client


def sized() -> dict[str, dict[str, Any]]:
    """Return the registers that are measured at several sizes, and the pages that must be fast."""
    registers = {code: one for code, one in brought("bench").items() if hasattr(one, "SIZES")}
    return {code: {"sizes": one.SIZES, "fast": one.FAST} for code, one in registers.items()}


if __name__ == "__main__":
    if asked := sys.argv[2:]:
        of, size = brought("bench")[asked[0]], int(asked[1])
        of.fill(size) if size else of.empty()
        json.dump(measured(of), sys.stdout)
    else:
        json.dump(sized(), sys.stdout)
