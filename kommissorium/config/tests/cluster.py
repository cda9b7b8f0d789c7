"""A PostgreSQL cluster of the tests' own, in a folder that goes away with them."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kommissorium.config.tests.leaving import when_we_end

# It keeps nothing: each database is thrown away. Compiling a statement costs more than so few rows
# are worth.
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c wal_level=minimal -c max_wal_senders=0 -c jit=off "
    "-c listen_addresses= -c max_connections=60"
)
# As a server is installed: what was acknowledged is on the disk.
KEEPING = "-c listen_addresses= -c max_connections=60 -c fsync=on -c synchronous_commit=on"
USER = "postgres"


def programs() -> Path | None:
    """Return the folder of the server's programs, the newest first; None without them."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: float(p.parts[-3])
    )
    return folders[-1].parent if folders else None


def start() -> str:
    """Start a cluster that listens on a socket alone and return its DATABASE_URL.

    As root the server runs as the user postgres: it refuses to run as root. It stops when this
    process ends, however it ends. Raises RuntimeError without the server's programs.
    """
    server = _made(OPTIONS)
    server.start()
    return server.url


@dataclass(frozen=True)
class Server:
    """A cluster in a folder of its own."""

    home: Path
    options: str
    user: str | None

    @property
    def url(self) -> str:
        return f"postgres://kommissorium@/postgres?host={self.home}"

    def pid(self) -> int:
        """Return the number of its first process."""
        return int((self.home / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it, also after it was killed; return when it answers."""
        log = ["-w", "-l", str(self.home / "log"), "-o", f"{self.options} -k {self.home}"]
        _run([*self._control(), *log, "start"], self.home, self.user)

    def stop(self, mode: str = "immediate") -> list[str]:
        """Return the command that stops it; "immediate" is as a crash, "fast" is in good order."""
        return [*self._control(), "-m", mode, "stop"]

    def restart(self, mode: str) -> None:
        """Stop it and start it again; return when it answers."""
        _run(self.stop(mode), self.home, self.user)
        self.start()

    def _control(self) -> list[str]:
        return [str(_programs() / "pg_ctl"), "-D", str(self.home / "data")]


@contextmanager
def kept() -> Iterator[Server]:
    """Run a cluster that keeps what it acknowledges, until the block ends."""
    server = _made(KEEPING)
    server.start()
    try:
        yield server
    finally:
        _run(server.stop(), server.home, server.user)


def _made(options: str) -> Server:
    """Make a cluster that is not started yet. Raises RuntimeError without the programs."""
    folder = _programs()
    home = Path(tempfile.mkdtemp(prefix="kommissorium-pg-"))
    user = _give_away(home)
    server = Server(home, options, user)
    when_we_end(f"{shlex.join(server.stop())}; rm -rf {shlex.quote(str(home))}", user)
    cluster = ("-U", "kommissorium", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _run([str(folder / "initdb"), "-D", str(home / "data"), *cluster], home, user)
    return server


def _programs() -> Path:
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's server programs are not on this machine.")
    return folder


def _give_away(home: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam(USER)
    os.chown(home, account.pw_uid, account.pw_gid)
    return USER


def _run(command: list[str], home: Path, user: str | None) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, user=user, cwd=home, stdout=quiet, stdin=quiet)
