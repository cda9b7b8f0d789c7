"""Run the real program beside the tests, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kommissorium.config.tests.given_day import for_the_demonstration
from kommissorium.core.tests.free_port import free_port

COMMAND = Path(sys.executable).with_name("kommissorium")
START_SECONDS = 60
IN_A_ROW = 20  # the page that is shown meanwhile listens at the same port, and goes last
OURS = ("KOMMISSORIUM_", "DJANGO_", "DATABASE_URL", "PYTEST")


@dataclass(frozen=True)
class Running:
    """The program at an address, by the number of its first process."""

    address: str
    pid: int


def run(*arguments: str | Path, database: str = "") -> str:
    """Run the command to its end and return its output. Raises RuntimeError if it fails."""
    env = environment(database)
    done = subprocess.run(
        [COMMAND, *arguments], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def running(
    verb: str, folder: Path, database: str = "", *, port: int = 0, **variables: str
) -> Iterator[Running]:
    """Run `kommissorium demo` or `serve` on a data folder until the block ends, with these variables.

    Raises RuntimeError, with what the program wrote, when it does not answer within a minute.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder.parent / "log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [COMMAND, verb, "--data", folder, "--port", str(port)],
            env=environment(database)
            | (for_the_demonstration() if verb == "demo" else {})
            | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_answers(process, address, log)
            yield Running(address, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def environment(database: str = "") -> dict[str, str]:
    """Return the environment without the variables the tests set for themselves.

    Nobody is asked to be as slow as people are. `database` is the address of another database than SQLite.
    """
    found = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    found["KOMMISSORIUM_MOST_ASKED_A_MINUTE"] = str(10**9)
    return found | ({"DATABASE_URL": database} if database else {})


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    answers = 0
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5):
                answers += 1
            if answers == IN_A_ROW:
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            answers = 0
            time.sleep(0.05)
    raise RuntimeError(f"the program does not answer at {address}:\n{log.read_text()}")
