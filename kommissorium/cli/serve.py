"""Starts web server and worker and watches over them. Imports no Django: see main."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kommissorium.cli.errors import Trouble

KEY = "secret.key"
RESTART_AFTER = 5  # seconds
READY = "ready"


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


def run_python(module: str, *arguments: str, said: Callable[[str], object] | None = None) -> None:
    """Run a module of ours in a process of its own, and hand on each line that it says.

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


def serve(host: str, port: int, workers: int) -> int:
    """Serve until told to stop; return the exit code."""
    # 13 MB and a tenth of a second that no other command needs.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    worker = Worker()
    worker.start()
    shown = f"[{host}]" if ":" in host else host
    print(f"Kommissorium is at http://{shown}:{port}/  (stop with Ctrl+C)", flush=True)
    server = Granian(
        "kommissorium.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    try:
        server.serve()
    finally:
        worker.stop()
    return 0


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
        """Hand on a line. Without the page building goes on."""
        if self.process.stdin and not self.process.stdin.closed:
            with suppress(BrokenPipeError):
                self.process.stdin.write(line)
                self.process.stdin.flush()

    def end(self, ending: str) -> None:
        """Tell how it ended, and wait until a browser that is looking has been told."""
        self.tell(f"{ending}\n")
        self.close()
        self.process.wait(20)

    def close(self) -> None:
        """Let the page go; without more words it closes at once."""
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.close()


class Worker:
    """The process that migrates first and then does what is due; started again if it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until the database is in order. Raises SystemExit otherwise."""
        process = self._launch()
        if process.stdout is None or process.stdout.readline().strip() != READY:
            raise SystemExit(process.wait() or 2)
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Ask it to end, by closing its input, and wait for it."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()

    def _launch(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kommissorium.config.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Ctrl+C reaches the parent alone; it closes the worker's input.
            start_new_session=True,
        )
        return self._process

    def _watch(self) -> None:
        while not self._stopping.is_set():
            if self._process:
                self._process.wait()
            if self._stopping.is_set():
                return
            time.sleep(RESTART_AFTER)
            self._launch()


def _make_key(path: Path) -> None:
    if path.exists() or os.environ.get("KOMMISSORIUM_SECRET_KEY"):
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
