"""The program stays up: a dead process is started again, and none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kommissorium.cli import serve, web
from kommissorium.cli.errors import Trouble
from kommissorium.cli.serve import Child, GaveUp, refuse_busy_port
from kommissorium.cli.tests.conftest import Installation
from kommissorium.cli.tests.test_command import wait_for
from kommissorium.core.tests.free_port import free_port

pytestmark = pytest.mark.both("what starts again on the database it is given")


class Served:
    """A program that serves, and the processes below it."""

    def __init__(self, installation: Installation) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "kommissorium.cli", "serve"),
                *("--data", str(installation.data), "--port", str(self.port)),
            ],
            env=installation.environment,
        )

    def is_well(self) -> bool:
        return wait_for(f"http://127.0.0.1:{self.port}/health/") == 200

    def of(self, module: str) -> list[int]:
        """Return the processes of ours below the first that run this module, the deepest last."""
        found = [pid for pid, command in below(self.process.pid) if module in command]
        return sorted(found)


def below(parent: int) -> Iterator[tuple[int, str]]:
    """Give every process below another one, with its command line."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                pid = int(folder.name)
                yield pid, (folder / "cmdline").read_text().replace("\0", " ")
                yield from below(pid)


def eventually(holds: Callable[[], bool]) -> bool:
    """Return whether it becomes true: others are at work meanwhile."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def all_gone(pids: list[int]) -> bool:
    return not any(map(_is_there, pids))


def _is_there(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def served(installation: Installation) -> Iterator[Served]:
    installation.init()
    started = Served(installation)
    try:
        assert started.is_well()
        yield started
    finally:
        started.process.terminate()
        started.process.wait(30)


def test_two_processes_answer_and_a_worker_works(served: Served) -> None:
    assert eventually(lambda: len(served.of("cli.web")) == 4)  # each has one within that answers
    assert len(served.of("config.worker")) == 1


def test_what_is_killed_again_and_again_comes_back(served: Served) -> None:
    for _time in range(2):
        assert eventually(lambda: len(served.of("cli.web")) == 4)
        killed = [*served.of("cli.web"), *served.of("config.worker")]
        for pid in killed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert eventually(partial(all_gone, killed))
        assert served.is_well()
        assert served.process.poll() is None
    assert eventually(lambda: len(served.of("config.worker")) == 1)


def test_one_that_dies_leaves_the_other_answering(served: Served) -> None:
    assert eventually(lambda: len(served.of("cli.web")) == 4)
    os.kill(served.of("cli.web")[0], signal.SIGKILL)
    assert eventually(lambda: len(served.of("cli.web")) == 2)
    assert served.is_well()  # on a busy machine the other one may have been a moment from listening


def test_a_killed_parent_leaves_nobody_and_the_port_is_free(served: Served) -> None:
    assert eventually(lambda: len(served.of("cli.web")) == 4)
    children = [pid for pid, _command in below(served.process.pid)]
    served.process.kill()
    served.process.wait(30)
    assert eventually(partial(all_gone, children))
    refuse_busy_port("127.0.0.1", served.port)


def test_told_to_end_it_leaves_nobody(served: Served) -> None:
    children = [pid for pid, _command in below(served.process.pid)]
    served.process.terminate()
    assert served.process.wait(30) == 0
    assert all_gone(children)


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    kept = Clock()
    monkeypatch.setattr(serve.time, "monotonic", kept.monotonic)
    return kept


def _die(child: Child, clock: Clock) -> float:
    """Let the child live and die; return how long it is gone."""
    child.exit_code()
    child.look_after()
    died = clock.now
    while child.process is None:
        clock.now += 0.5
        child.look_after()
    return clock.now - died


@pytest.mark.once
def test_a_web_process_that_took_too_much_goes_and_not_with_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[dict[str, Any]] = []

    class Noted:
        def __init__(self, _target: str, **options: Any) -> None:
            given.append(options)

        def serve(self) -> None:
            pass

    monkeypatch.setattr("granian.Granian", Noted)
    monkeypatch.setattr(web, "end_with", lambda _pid: None)
    for child in serve._web("127.0.0.1", 8000, 2):
        host, *numbers, _parent = child.command[3:]
        assert web.main(host, *map(int, numbers), 1) == 0
    assert {one["workers_max_rss"] for one in given} == {350 * 10**6 // 2**20}
    assert len({one["rss_sample_interval"] for one in given}) == 2
    assert all(one["respawn_interval"] < serve.LAST_WORDS for one in given)
    monkeypatch.setenv("KOMMISSORIUM_MEMORY_MB", "much")
    with pytest.raises(Trouble, match="KOMMISSORIUM_MEMORY_MB"):
        serve._web("127.0.0.1", 8000, 2)


@pytest.mark.once
def test_who_keeps_dying_waits_longer_and_in_the_end_for_the_operator(clock: Clock) -> None:
    child = Child("Nobody", "kommissorium.cli.errors")  # a module with nothing to do
    child.start()
    waits = [_die(child, clock) for _ in range(8)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    with pytest.raises(GaveUp, match="Nobody ended with 0, for the 20th time in a row"):
        for _ in range(20):
            _die(child, clock)


@pytest.mark.once
def test_who_had_lived_long_begins_with_the_shortest_wait(clock: Clock) -> None:
    child = Child("Nobody", "kommissorium.cli.errors")
    child.start()
    assert [_die(child, clock) for _ in range(3)] == [1, 2, 4]
    clock.now += serve.LIVED_LONG + 1
    assert _die(child, clock) == 1


@pytest.mark.once
def test_no_room_for_a_process_is_a_death_like_any_other(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = Child("Nobody", "kommissorium.cli.errors")

    def full(*_about: object, **_options: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(serve.subprocess, "Popen", full)
    child.look_after()
    assert child.deaths == 1
    clock.now += 1
    child.look_after()
    assert child.deaths == 2
