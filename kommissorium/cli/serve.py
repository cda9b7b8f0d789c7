"""Starts web processes and the worker, and watches over them. Imports no Django: see main."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kommissorium.cli.errors import Trouble
from kommissorium.cli.supervisor import Child, end, watch_over

KEY = "secret.key"
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
            _make_key(folder / KEY)
        elif not folder.is_dir():
            raise Trouble(f"There is no folder {folder}. Run 'kommissorium init' first.")
        probe = folder / f".write-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Trouble(f"The folder {folder} cannot be written to: {error.strerror}.") from None
    os.environ["KOMMISSORIUM_DATA"] = str(folder.resolve())
    if not (folder / KEY).exists() and "KOMMISSORIUM_SECRET_KEY" not in os.environ:
        raise Trouble(f"There is no key in {folder}. Run 'kommissorium init' first.")


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
    worker = Child("The worker", "kommissorium.config.worker", speaks=True)
    worker.start()
    try:
        if not worker.says(READY):
            raise SystemExit(worker.exit_code() or 2)
        with hold_port(host, port):
            if note:
                print(note, flush=True)
            shown = f"[{host}]" if ":" in host else host
            print(f"Kommissorium is at http://{shown}:{port}/  (stop with Ctrl+C)", flush=True)
            return watch_over([*_web(host, port, workers), worker])
    finally:
        end([worker])


def _web(host: str, port: int, workers: int) -> list[Child]:
    """Return the web processes. Where they cannot share one port, one process has them within."""
    apart, within = (workers, 1) if SHARES_PORTS else (1, workers)
    arguments = (host, str(port), str(within))
    return [
        Child(f"Web process {number}", "kommissorium.cli.web", *arguments)
        for number in range(1, apart + 1)
    ]


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


def _make_key(path: Path) -> None:
    if path.exists() or os.environ.get("KOMMISSORIUM_SECRET_KEY"):
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
