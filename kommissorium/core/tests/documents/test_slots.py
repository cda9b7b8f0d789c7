from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from kommissorium.core.documents import subprocess_runner
from kommissorium.core.documents.subprocess_runner import LIBRARY, PLACES, Busy, locked, slot

HOLDER = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from django.conf import settings
settings.configure(DATA_DIR=Path(sys.argv[2]))
from kommissorium.core.documents.subprocess_runner import slot
with slot(wait=0):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def elsewhere(folder: Path) -> subprocess.Popen[bytes]:
    """Start another process that holds a place until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, LIBRARY, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def in_a_thread(deed: Callable[[], object]) -> object:
    """Return what the function gave or raised in another thread."""
    came: list[object] = []

    def act() -> None:
        try:
            came.append(deed())
        except Busy as error:
            came.append(error)

    thread = Thread(target=act)
    thread.start()
    thread.join()
    return came[0]


def take() -> str:
    with slot(wait=0):
        return "taken"


def test_there_are_two_places_over_all_processes_and_threads(folder: Path) -> None:
    other = elsewhere(folder)
    with slot(wait=0):
        assert isinstance(in_a_thread(take), Busy)
    assert in_a_thread(take) == "taken"
    other.communicate()


def test_the_place_of_a_process_that_is_killed_is_free_again(folder: Path) -> None:
    others = [elsewhere(folder) for _ in range(PLACES)]
    with pytest.raises(Busy):
        take()
    others[0].kill()
    others[0].communicate()
    assert take() == "taken"
    others[1].communicate()


def test_who_waits_gets_the_place_that_becomes_free(folder: Path) -> None:
    others = [elsewhere(folder) for _ in range(PLACES)]
    Thread(target=others[0].communicate).start()
    with slot(wait=20):
        pass
    others[1].communicate()


def test_one_of_a_process_waits_and_others_are_told_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [elsewhere(folder) for _ in range(PLACES)]
    came: list[object] = []

    def wait_as_well() -> str:
        with slot(wait=20):
            return "waited"

    def meanwhile(_seconds: float) -> None:
        if came:  # the second waits, too
            others[1].communicate()
            return
        came.append("nothing")
        came.append(in_a_thread(wait_as_well))
        others[0].communicate()

    time = SimpleNamespace(monotonic=subprocess_runner.time.monotonic, sleep=meanwhile)
    monkeypatch.setattr(subprocess_runner, "time", time)
    with slot(wait=20):
        pass
    assert isinstance(came[1], Busy)
    others[1].communicate()
    monkeypatch.undo()
    assert take() == "taken", "who waited hinders nobody later"


def test_who_has_a_place_needs_no_second(folder: Path) -> None:
    other = elsewhere(folder)
    with slot(wait=0), slot(wait=0), slot(wait=0):
        pass
    other.communicate()


def test_what_one_has_locked_is_locked_to_others_until_it_is_done(folder: Path) -> None:
    with ExitStack() as held:
        held.enter_context(locked(folder / "pack" / "a.lock"))
        with pytest.raises(Busy), locked(folder / "pack" / "a.lock"):
            pass
    with locked(folder / "pack" / "a.lock"):
        pass
