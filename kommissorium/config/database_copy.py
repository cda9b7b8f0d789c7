"""A copy of the database, made before it is upgraded: a file beside it, or of pg_dump in the data folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

# What Django takes for itself of the options of DATABASE_URL.
DJANGOS = {"assume_role", "isolation_level", "pool", "server_side_binding"}
PROGRAM, RESTORER = "pg_dump", "pg_restore"
SPARE = 2  # times its size must be free: the upgrade itself writes tables anew


class NoCopy(Exception):
    """No copy could be made; the message says why in one sentence."""


def place() -> Path:
    """Return where a copy of now would lie."""
    moment = f"{timezone.localtime():%Y%m%dT%H%M%S}"
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        return file.with_name(f"{file.stem}-before-{moment}{file.suffix}")
    return Path(settings.DATA_DIR) / f"kommissorium-before-{moment}.dump"


def why_no_copy() -> str:
    """Return why no copy can be made, as far as that is known before; "" where one can."""
    if connection.vendor == "sqlite":
        size, target = Path(connection.settings_dict["NAME"]).stat().st_size, place()
        free = shutil.disk_usage(target.parent).free
        if free < size * SPARE:
            return f"{target.parent} has room for {free:,} bytes, it takes {size:,}."
        return ""
    return "" if shutil.which(PROGRAM) else f"there is no {PROGRAM} on this machine."


def make_copy() -> Path:
    """Copy the database as it is and return where to. Raises NoCopy where that does not succeed."""
    if lacks := why_no_copy():
        raise NoCopy(lacks)
    target = place()
    part = target.with_name(f"{target.name}.part")
    for left in target.parent.glob("*-before-*.part"):  # by one that was killed
        left.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        (copy_file if connection.vendor == "sqlite" else dump)(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise NoCopy(f"{target} cannot be written: {error}.") from None
    finally:
        part.unlink(missing_ok=True)
    return target


def copy_file(target: Path) -> None:
    """Copy the SQLite database as of one moment, while others write."""
    source = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def dump(target: Path, *options: str) -> None:
    """Write the PostgreSQL database by pg_dump. Raises NoCopy where that does not succeed."""
    _run(PROGRAM, "--format=custom", *options, f"--file={target}")


def put_back(dumped: Path) -> None:
    """Fill the empty PostgreSQL database, in whole or not at all. Raises NoCopy as dump() does."""
    if not shutil.which(RESTORER):
        raise NoCopy(f"There is no {RESTORER} on this machine.")
    _run(RESTORER, "--single-transaction", "--exit-on-error", "--no-owner", str(dumped))


def _run(program: str, *arguments: str) -> None:
    asked = connection.settings_dict
    named = {key: asked[key.upper()] for key in ("user", "host", "port") if asked[key.upper()]}
    options = {key: value for key, value in asked["OPTIONS"].items() if key not in DJANGOS}
    url = make_conninfo(dbname=asked["NAME"], **named, **options)
    password = {"PGPASSWORD": asked["PASSWORD"]} if asked["PASSWORD"] else {}
    done = subprocess.run(  # noqa: S603 no part of it is typed by anybody
        [program, "--no-password", f"--dbname={url}", *arguments],
        env=os.environ | password,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoCopy(f"{program} says: {' '.join(done.stderr.split())[:300]}")
