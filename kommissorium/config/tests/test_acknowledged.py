"""What was acknowledged is stored, whatever is killed: the web's processes, or the database's.

Tasks are sent from several browsers at once until all is killed by -9. Then each that was answered
with "done" is there, none is there twice, none is half, and the chain holds.
"""

from __future__ import annotations

import http.client
import random
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from django.db import connection, connections
from django.urls import reverse

from kommissorium.config.tests import cluster
from kommissorium.config.tests.visiting import proven_session
from kommissorium.config.tests.web_processes import Post, Web, database_url, web_processes
from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event
from kommissorium.core.tests.deep import rounds
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.both("each database survives in its own way")

BROWSERS = 4
KILLS = rounds(2, 100)  # of each kind


@dataclass
class Sending:
    """Browsers that send tasks until they are told to stop, and what was acknowledged."""

    web: Web
    cast: Cast
    session: str
    name: str
    acknowledged: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def send(self, browser: int) -> None:
        due, path = in_days(20, 12).strftime("%d.%m.%Y"), reverse("task_add")
        number = 0
        while not self.is_over.is_set():
            title, number = f"{self.name}-{browser}-{number}", number + 1
            values = {
                "title": title,
                "owner": self.cast.member.pk,
                "due": due,
                "description": title,
            }
            with suppress(OSError, http.client.HTTPException):
                if self.web.post(Post(path, values, self.session)).status == 302:
                    self.acknowledged.append(title)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        threads = [threading.Thread(target=self.send, args=[one]) for one in range(BROWSERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.is_over.set()
            for thread in threads:
                thread.join(120)


def kill_all_of(pid: int) -> None:
    """Kill a process and all that it started, none of which can say anything any more."""
    with suppress(psutil.NoSuchProcess):
        found = psutil.Process(pid)
        family = [found, *found.children(recursive=True)]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=20)


def assert_stored(acknowledged: list[str], before: int) -> None:
    connections.close_all()
    titles = Counter(Task.objects.filter(title__contains="kill-").values_list("title", flat=True))
    assert [title for title in acknowledged if titles[title] != 1] == []
    assert max(titles.values(), default=0) <= 1
    assert Event.objects.filter(act="tasks.task_given").count() - before == titles.total()
    assert check_database().faults == []


def test_what_the_web_acknowledged_is_stored_when_it_is_killed(
    committing: Cast, tmp_path: Path
) -> None:
    chance, acknowledged = random.Random(5), list[str]()
    before = Event.objects.filter(act="tasks.task_given").count()
    session = proven_session("coordinator")
    for one in range(KILLS):
        connection.close()
        with web_processes(tmp_path) as web:
            sending = Sending(web, committing, session, f"kill-{one}")
            with sending.going_on():
                until_some(sending, chance)
                kill_all_of(web.pid)
        acknowledged += sending.acknowledged
    assert len(acknowledged) >= KILLS
    assert_stored(acknowledged, before)


@pytest.fixture
def own_server(committing: Cast, tmp_path: Path) -> Iterator[cluster.Server]:
    """A server of the test's own, that keeps what it acknowledged, with this database in it."""
    with cluster.kept() as server:
        dumped = tmp_path / "dump"
        run_of_server("pg_dump", "-Fc", "-f", dumped, "-d", database_url())
        run_of_server("pg_restore", "-d", server.url, dumped)
        yield server


@contextmanager
def connected_to(server: cluster.Server) -> Iterator[None]:
    """Be connected to the database of that server."""
    connection.close()
    found = connection.settings_dict
    before = {name: found[name] for name in ("NAME", "OPTIONS")}
    found |= {"NAME": "postgres", "OPTIONS": before["OPTIONS"] | {"host": str(server.home)}}
    try:
        yield
    finally:
        connection.close()
        found |= before


def run_of_server(program: str, *arguments: str | Path) -> None:
    found = shutil.which(program)
    assert found, f"{program} is not on this machine"
    subprocess.run([found, *arguments], check=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is in the web's own processes")
def test_what_the_web_acknowledged_is_stored_when_the_database_is_killed(
    committing: Cast, own_server: cluster.Server, tmp_path: Path
) -> None:
    chance, acknowledged = random.Random(55), list[str]()
    with connected_to(own_server):
        before = Event.objects.filter(act="tasks.task_given").count()
        session = proven_session("coordinator")
        for one in range(rounds(1, 50)):
            connection.close()
            with web_processes(tmp_path) as web:
                sending = Sending(web, committing, session, f"kill-{one}")
                with sending.going_on():
                    until_some(sending, chance)
                    kill_all_of(own_server.pid())
                own_server.start()
            acknowledged += sending.acknowledged
        assert acknowledged
        assert_stored(acknowledged, before)


def until_some(sending: Sending, chance: random.Random) -> None:
    """Wait for the first acknowledgement, and then a moment, drawn, so that a kill meets anything."""
    end = time.monotonic() + 60
    while not sending.acknowledged and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.5))
