"""A PostgreSQL cluster of the tests' own, in a folder that goes away with them."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c listen_addresses= -c max_connections=60"
)


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

    As root the server runs as the user postgres: it refuses to run as root.
    Raises RuntimeError without the server's programs.
    """
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's server programs are not on this machine.")
    home = Path(tempfile.mkdtemp(prefix="kommissorium-pg-"))
    user = None
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        user = account.pw_name
        os.chown(home, account.pw_uid, account.pw_gid)

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            user=user,
            cwd=home,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )

    data = str(home / "data")
    run(
        str(folder / "initdb"),
        *("-D", data, "-U", "kommissorium", "-A", "trust", "-E", "UTF8", "--no-sync"),
        "--locale=C.UTF-8",
    )
    options = f"{OPTIONS} -k {home}"
    run(str(folder / "pg_ctl"), *("-D", data, "-w", "-l", str(home / "log"), "-o", options, "start"))

    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:
            run(str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
            shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    return f"postgres://kommissorium@/postgres?host={home}"
