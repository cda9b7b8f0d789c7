"""Measure the search at a size: `searching.py DATA ROWS` prints JSON.

Tasks and agenda items, some of them closed, are written in words of the demonstration until there
are so many passages; then people ask who see all, some and nearly nothing. Times are
milliseconds of the processor, PostgreSQL's own process with ours, and of the clock.
"""

from __future__ import annotations

import json
import os
import random
import sys
from http import HTTPStatus
from itertools import batched
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

os.environ["KOMMISSORIUM_DATA"] = sys.argv[1]
os.environ["KOMMISSORIUM_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from kommissorium.accounts.demo_cast import DOMAIN  # noqa: E402
from kommissorium.accounts.models import Person  # noqa: E402
from kommissorium.core.search.models import Passage  # noqa: E402
from kommissorium.meetings.models import AgendaItem, Meeting  # noqa: E402
from kommissorium.secretariat.searching import mend  # noqa: E402
from kommissorium.secretariat.views.search import PACE  # noqa: E402
from kommissorium.tasks.models import Task  # noqa: E402

# Who sees all, a member, the head of a department, who sees hardly anything.
READERS = ("coordinator", "member", "system_owner", "employee")
QUESTIONS = (
    *("risikovurdering", "politikker", "adgangskoden", "leverandør", "beredskabsplanen", "fyrtårn"),
    *("phishing", "omsorgssystem", "databehandleraftalen", "hændelserne", "sikkerhed", "systemet"),
    *("udvalget", "godkender", "og", "den", "kan", "at", "kommunen", "informationssikkerhed"),
    *("pol", "ris", "sik", "hæn", "omr", "øve", "års", "and", "for", "med"),  # being typed
    *("leverandør tilsyn", "udvalget godkender", "beredskab øvelse it", "risiko for adgang"),
    *("og at den for", "systemet og leverandøren", "kontroller uden bevis", "mette skovgaard"),
    *("Skovgaard", "jens", "2026/3-5", "2026/3", "2026-003", "2026", "§ 5", "it"),
    *("xyzzy", "æøå", "%_\"'", "ordet findes slet ikke"),
)
ROUNDS = 5
AT_ONCE = 2_000
LONGEST_TITLE, TITLE = 200, 6  # characters, words


def grow(rows: int) -> None:
    """Write tasks and agenda items until there are this many passages."""
    drawn, words = random.Random(1), _words()
    people, meetings = list(Person.objects.all()), list(Meeting.objects.filter(state="planned"))
    lacking = max(rows - Passage.objects.count(), 0)
    for some in batched(range(lacking), AT_ONCE):
        with transaction.atomic():
            Task.objects.bulk_create(
                Task(
                    title=_text(drawn, words, TITLE),
                    description=_text(drawn, words, 40),
                    owner=drawn.choice(people),
                    committee=drawn.choice(meetings).committee,
                    due=timezone.localdate(),
                    is_closed=key % 20 == 0,
                    created_at=timezone.now(),
                )
                for key in some
                if key % 4
            )
            AgendaItem.objects.bulk_create(
                AgendaItem(
                    title=_text(drawn, words, TITLE),
                    presentation=f"<p>{_text(drawn, words, 60)}</p>",
                    meeting=drawn.choice(meetings),
                    position=1000 + key,
                    is_closed=key % 20 == 0,
                    closed_ground="§ 1" if key % 20 == 0 else "",
                )
                for key in some
                if not key % 4
            )
    mend()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measured() -> dict[str, Any]:
    """Return the times of the questions, on the page and in the box."""
    PACE.most = sys.maxsize  # nobody types so fast
    return {
        "passages": Passage.objects.count(),
        "database": connection.vendor,
        "load": round(os.getloadavg()[0], 2),
        "page": _asked("/search/"),
        "suggestions": _asked("/search/suggestions/"),
    }


def _asked(address: str) -> dict[str, Any]:
    works, walls, slowest = list[float](), list[float](), dict[str, float]()
    for who in READERS:
        client = Client(SERVER_NAME="localhost")
        client.force_login(Person.objects.get(email=f"{who}@{DOMAIN}"))
        for question in QUESTIONS:
            for turn in range(ROUNDS + 1):
                begun, started = perf_counter(), _worked()
                answer = client.get(address, {"q": question})
                assert answer.status_code == HTTPStatus.OK
                if turn:  # the first makes ready what the others find
                    works.append((_worked() - started) * 1000)
                    walls.append((perf_counter() - begun) * 1000)
                    key = f"{who}: {question}"
                    slowest[key] = max(slowest.get(key, 0), round(works[-1], 1))
    return {
        "cpu_median": round(median(works), 1),
        "cpu_p95": round(quantiles(works, n=20)[-1], 1),
        "cpu_worst": round(max(works), 1),
        "wall_p95": round(quantiles(walls, n=20)[-1], 1),
        "slowest": dict(sorted(slowest.items(), key=lambda one: -one[1])[:8]),
    }


def _worked() -> float:
    """Return the seconds that the processor worked for us: in PostgreSQL's process too."""
    if connection.vendor == "sqlite":
        return process_time()
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text("ascii")
    return process_time() + int(told.split()[0]) / 1e9


def _words() -> list[str]:
    """Return the words of the demonstration, each as often as it occurs there."""
    texts = Passage.objects.filter(kind="meetings.agendaitem").values_list("text", flat=True)
    return " ".join(texts[:400]).split()


def _text(drawn: random.Random, words: list[str], length: int) -> str:
    text = " ".join(drawn.choices(words, k=length))
    return text[:LONGEST_TITLE] if length == TITLE else text


if __name__ == "__main__":
    grow(int(sys.argv[2]))
    print(json.dumps(measured(), ensure_ascii=False, indent=1))
