"""The demonstration, built once in a run of the tests, however many processes share it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from kommissorium.config.tests.given_day import for_the_demonstration
from kommissorium.config.tests.templates import once, shared
from kommissorium.core.tests.deep import DEEP

BUILD_SECONDS = 1_000  # three years on PostgreSQL, beside everything else
SHORT, LONG = 1, 3  # years behind it: SQLite builds the one, PostgreSQL the other
FOREIGN = ("KOMMISSORIUM_", "DJANGO_", "DATABASE_URL")


@dataclass(frozen=True)
class Demonstration:
    """The folder it was built in and its database: read it, and copy what you would change."""

    data: Path
    url: str = ""  # of its own database on PostgreSQL; without one it is a file of the folder
    years: int = 3  # behind it
    said: str = ""  # while it was built
    built_at: datetime = field(default_factory=timezone.now)  # its story ends on that day

    @property
    def database(self) -> str:
        name = urlsplit(self.url).path.lstrip("/")
        return name or str(self.data / "kommissorium.sqlite3")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(FOREIGN)}
        own = {"DATABASE_URL": self.url} if self.url else {}
        return subprocess.run(
            [sys.executable, "-m", "kommissorium.cli", *arguments, "--data", str(self.data)],
            env=kept | own | for_the_demonstration(),
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )


def built(
    factory: pytest.TempPathFactory,
    server: str | None,
    years: int = 0,
) -> Demonstration:
    """Return the demonstration of this run, built by the first process that asks.

    `years` are those behind it: 1, as users have it, or three, which tests of history need. Without
    it, that which this database builds anyhow.
    `server` is the URL of a PostgreSQL server, on which it gets a database of its own; it
    goes when the server of the tests does.
    """
    years = years or (LONG if server or DEEP else SHORT)

    def build(folder: Path) -> dict[str, str]:
        began = timezone.localdate()
        found = Demonstration(folder / "data", _new_database(server) if server else "")
        done = found.run("demo", "--no-serve", "--strict", "--years", str(years))
        assert done.returncode == 0, done.stdout + done.stderr
        if timezone.localdate() != began:  # midnight came: no moment is the end of its story
            shutil.rmtree(found.data)
            return build(folder)
        moment = timezone.now().isoformat()
        return {"data": str(found.data), "url": found.url, "said": done.stdout, "at": moment}

    database = "postgresql" if server else "sqlite"
    kept = once(shared(factory), f"demonstration-{years}-{database}", build)
    built_at = datetime.fromisoformat(kept["at"])
    return Demonstration(Path(kept["data"]), kept["url"], years, kept["said"], built_at)


def _new_database(server: str) -> str:
    name = f"demo_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
