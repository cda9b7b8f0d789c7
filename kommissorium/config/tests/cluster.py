"""A PostgreSQL cluster of the tests' own, in a folder that goes away with them."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from kommissorium.config.tests.leaving import when_we_end

# It keeps nothing: each database is thrown away. Compiling a statement costs more than so few rows
# are worth.
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c wal_level=minimal -c max_wal_senders=0 -c jit=off "
    "-c listen_addresses= -c max_connections=60"
)
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
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's server programs are not on this machine.")
    home = Path(tempfile.mkdtemp(prefix="kommissorium-pg-"))
    user = _give_away(home)
    control = [str(folder / "pg_ctl"), "-D", str(home / "data")]
    stop = shlex.join([*control, "-m", "immediate", "stop"])
    when_we_end(f"{stop}; rm -rf {shlex.quote(str(home))}", user)
    cluster = ("-U", "kommissorium", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _run([str(folder / "initdb"), "-D", str(home / "data"), *cluster], home, user)
    log = ["-w", "-l", str(home / "log"), "-o", f"{OPTIONS} -k {home}"]
    _run([*control, *log, "start"], home, user)
    return f"postgres://kommissorium@/postgres?host={home}"


def _give_away(home: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam(USER)
    os.chown(home, account.pw_uid, account.pw_gid)
    return USER


def _run(command: list[str], home: Path, user: str | None) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, user=user, cwd=home, stdout=quiet, stdin=quiet)
