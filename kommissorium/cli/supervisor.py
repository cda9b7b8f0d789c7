"""Watches over the program's processes and starts them again when they die. Imports no Django."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

FIRST_WAIT, LONGEST_WAIT = 1, 60  # seconds before a process is started again
LIVED_LONG = 60  # seconds: whoever lived so long begins anew with the shortest wait
MOST_DEATHS = 20  # in a row, a quarter of an hour: then it is for the operator
LOOK_EVERY = 0.5  # seconds
LAST_WORDS = 15  # seconds to end in when told to


class GaveUp(Exception):
    """A process died too often in a row; the message says which."""


class Child:
    """One process of the program. A dead one is started again, ever later while it keeps dying."""

    def __init__(self, name: str, module: str, *arguments: str, speaks: bool = False) -> None:
        self.name = name
        self.speaks = speaks  # to us, by its output
        self.command = [sys.executable, "-m", module, *arguments, str(os.getpid())]
        self.process: subprocess.Popen[str] | None = None
        self.deaths = 0
        self._born = self._due = 0.0

    def start(self) -> None:
        """Start it. Raises OSError where the machine has no room for another process."""
        self._born = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if self.speaks else None,
            text=True,
            # Ctrl+C reaches the parent alone, which tells the others.
            start_new_session=True,
        )

    def says(self, word: str) -> bool:
        """Wait for its first line of output; return whether it is this one."""
        process = self.process
        return bool(process and process.stdout and process.stdout.readline().strip() == word)

    def exit_code(self) -> int:
        """Wait until it has ended by itself; return its code."""
        return self.process.wait() if self.process else 0

    def look_after(self) -> None:
        """Start it again when it is dead and has waited. Raises GaveUp after too many deaths."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._bury(f"ended with {self.process.returncode}", now)
        elif self.process is None and now >= self._due:
            try:
                self.start()
            except OSError as error:
                self._bury(f"could not be started: {error}", now)

    def ask_to_end(self) -> None:
        """Tell it to end."""
        if self.process is not None:
            with suppress(OSError):
                self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait until it has ended; kill it when the time is over."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _bury(self, how: str, now: float) -> None:
        self.deaths = 1 if now - self._born > LIVED_LONG else self.deaths + 1
        self.process = None
        if self.deaths >= MOST_DEATHS:
            raise GaveUp(f"{self.name} {how}, for the {self.deaths}th time in a row.")
        wait = min(FIRST_WAIT * 2 ** (self.deaths - 1), LONGEST_WAIT)
        self._due = now + wait
        _say(f"{self.name} {how}; it is started again in {wait} s")


def watch_over(children: Sequence[Child]) -> int:
    """Keep the children alive until this process is told to end; return the exit code."""
    over = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, lambda *_about: over.set())
    try:
        while not over.wait(LOOK_EVERY):
            for child in children:
                child.look_after()
    except GaveUp as reason:
        _say(f"{reason} The program ends.")
        return 1
    finally:
        end(children)
    return 0


def end(children: Sequence[Child]) -> None:
    """End all of them, by force those that will not listen."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + LAST_WORDS
    for child in children:
        child.wait(until)


def _say(what: str) -> None:
    print(f"kommissorium: {what}", file=sys.stderr, flush=True)
