"""Starts web processes and worker, and starts again what dies. Imports no Django: see main."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from kommissorium.cli import environment_file, readiness
from kommissorium.cli.errors import Trouble
from kommissorium.cli.serving import serving
from kommissorium.core.operations import log_lines
from kommissorium.core.signing_key import FILE, VARIABLE, UnusableKey, new_key, read_key, write_key

FIRST_WAIT, LONGEST_WAIT = 1, 60  # seconds before a process is started again
LIVED_LONG = 60  # seconds: whoever lived so long begins anew with the shortest wait
MOST_DEATHS = 20  # in a row, a quarter of an hour: then it is for the operator
LOOK_EVERY = 0.5  # seconds
LAST_WORDS = 30  # seconds to end in when told to
MEMORY_MB = 350  # of a web process: above that another takes its place
LOOK_AT_MEMORY, LATER = 40, 25  # seconds: each looks at another time, so that not two go at once


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
    is_json = os.environ.get("KOMMISSORIUM_LOG", "").strip().lower() == "json"
    told = log_lines.json_line("kommissorium.serve", what) if is_json else f"kommissorium: {what}"
    print(told, file=sys.stderr, flush=True)


COUNTS = "metrics"  # the folder: see core/operations/request_counts
SHARES_PORTS = sys.platform == "linux"  # several processes may listen at one port
READY = "ready"
MAIL_WAITS = (
    "Mail is not set up (EMAIL_HOST): invitations and all other mails wait. "
    "The link of an invitation can be copied from the person's page."
)


def use_folder(folder: Path, *, make: bool) -> None:
    """Work in the folder from here on. Raises Trouble when it is missing or not writable."""
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make_key(folder)
        elif not folder.is_dir():
            raise Trouble(f"There is no folder {folder}. Run 'kommissorium init' first.")
        probe = folder / f".write-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Trouble(f"The folder {folder} cannot be written to: {error.strerror}.") from None
    os.environ["KOMMISSORIUM_DATA"] = str(folder.resolve())
    if (folder / "restoring").exists():
        raise Trouble(f"The restore into {folder} was cut short. Run it again.")
    environment_file.read(folder)
    try:
        read_key(folder)
    except UnusableKey as error:
        raise Trouble(str(error)) from None


def address_of(host: str, port: int) -> str:
    """Return the address of a host and a port."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def refuse_busy_port(host: str, port: int) -> None:
    """Raise Trouble when nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Trouble(f"Port {port} on {host} cannot be used: {error}.") from None


@contextmanager
def hold_port(host: str, port: int) -> Iterator[None]:
    """Keep the port ours while a dead web process is not yet back: nobody else gets it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as held:
        if SHARES_PORTS:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            held.bind((host, port))  # it does not listen, so nothing arrives here
        yield


def run_python(module: str, *arguments: str, said: Callable[[str], object] | None = None) -> None:
    """Run a module of ours in a process of its own, and pass on each line of its output.

    Raises SystemExit with its code if that is not 0.
    """
    command = [sys.executable, "-m", module, *arguments]
    # Ctrl+C reaches the parent alone: the place where the module stopped is of no use to anybody.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                if said:
                    said(line)
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise SystemExit(process.returncode)


def serve(host: str, port: int, workers: int, note: str = "") -> int:
    """Serve until told to stop; return the exit code. `note` is said as it begins to."""
    with serving():
        return _serve(host, port, workers, note)


def _serve(host: str, port: int, workers: int, note: str) -> int:
    # Each web process counts what it answers in a file there; every counter begins with 0.
    shutil.rmtree(Path(os.environ["KOMMISSORIUM_DATA"], COUNTS), ignore_errors=True)
    worker = Child("The worker", "kommissorium.config.worker", speaks=True)
    worker.start()
    try:
        if not worker.says(READY):
            raise SystemExit(worker.exit_code() or 2)
        with hold_port(host, port):
            if note:
                print(note, flush=True)
            line = f"Kommissorium is at {address_of(host, port)}/  (stop with Ctrl+C)"
            readiness.tell_when_ready(host, port, line)
            return watch_over([*_web(host, port, workers), worker])
    finally:
        end([worker])


def _web(host: str, port: int, workers: int) -> list[Child]:
    """Return the web processes. Where they cannot share one port, one process has them within."""
    apart, within = (workers, 1) if SHARES_PORTS else (1, workers)
    arguments = (host, str(port), str(within), str(_most_memory()))
    return [
        Child(f"Web process {number + 1}", "kommissorium.cli.web", *arguments, str(every))
        for number, every in zip(range(apart), count(LOOK_AT_MEMORY, LATER), strict=False)
    ]


def _most_memory() -> int:
    """Return the memory a process that answers may take, in MB. Raises Trouble for no number."""
    value = os.environ.get("KOMMISSORIUM_MEMORY_MB", "").strip() or str(MEMORY_MB)
    if not (value.isascii() and value.isdigit() and int(value)):
        raise Trouble(f"KOMMISSORIUM_MEMORY_MB must be a whole number, not {value}.")
    return int(value)


class Waiting:
    """The process with the page that is shown while something is built: see waiting."""

    def __init__(self, host: str, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kommissorium.cli.waiting", host, str(port)],
            stdin=subprocess.PIPE,
            text=True,
            # Ctrl+C reaches the parent alone; the page still tells a browser that it was.
            start_new_session=True,
        )

    def tell(self, line: str) -> None:
        """Pass on a line. Building goes on without the page."""
        if self.process.stdin and not self.process.stdin.closed:
            with suppress(BrokenPipeError):
                self.process.stdin.write(line)
                self.process.stdin.flush()

    def end(self, ending: str) -> None:
        """Report how it ended, and wait until a browser that is looking has been told."""
        self.tell(f"{ending}\n")
        self.close()
        self.process.wait(20)

    def close(self) -> None:
        """Stop the page; without further output it closes at once."""
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.close()


def _make_key(folder: Path) -> None:
    if not (folder / FILE).exists() and not os.environ.get(VARIABLE):
        write_key(folder / FILE, new_key())
