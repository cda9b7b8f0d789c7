"""Runs the command as an operator does: in a process of its own, on a database of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from kommissorium.config.tests.demonstration import FOREIGN, once


@dataclass
class Installation:
    """A data folder, and the environment the command runs in."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    migrated: str = ""  # an empty database to begin with: a file, or its name on the server

    def run(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kommissorium.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def here(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(*arguments, "--data", str(self.data))

    def init(self, *, from_nothing: bool = False) -> subprocess.CompletedProcess[str]:
        """Begin with the tables made before: making them takes seconds, and is tested once."""
        if not from_nothing and not self.data.exists():
            self._put_tables_in_place()
        return self.here(
            "init",
            *("--municipality", "Tryllerup Kommune"),
            *("--name", "Karen Vestbjerg"),
            *("--email", "karen@tryllerup.example"),
        )

    def _put_tables_in_place(self) -> None:
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(_beside(url, "postgres"), autocommit=True) as server:
                name = urlsplit(url).path.lstrip("/")
                server.execute(f'DROP DATABASE "{name}"')
                server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.migrated}"')
            return
        self.data.mkdir(parents=True)
        shutil.copyfile(self.migrated, self.data / "kommissorium.sqlite3")

    def execute(self, statement: str) -> None:
        """Change the database behind the program's back."""
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url) as connection:
                connection.execute(statement)
            return
        import sqlite3

        with sqlite3.connect(self.data / "kommissorium.sqlite3") as connection:
            connection.execute(statement)


@pytest.fixture
def installation(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(FOREIGN)}
    server = os.environ.get("DATABASE_URL")
    kind = "postgresql" if server else "sqlite"
    told = once(tmp_path_factory, f"migrated-{kind}", partial(_migrate, kept, server))
    if not server:
        yield Installation(tmp_path / "data", kept, told["database"])
        return
    name = f"cli_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    own = {**kept, "DATABASE_URL": _beside(server, name)}
    yield Installation(tmp_path / "data", own, told["database"])
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _migrate(environment: dict[str, str], server: str | None, folder: Path) -> dict[str, str]:
    """Make the tables in a database nobody uses, and return its file or its name."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "kommissorium.config.settings",
        "KOMMISSORIUM_SECRET_KEY": "x" * 50,
        "KOMMISSORIUM_DATA": str(folder),
    }
    name = str(folder / "kommissorium.sqlite3")
    if server:
        name = f"cli_{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        settings["DATABASE_URL"] = _beside(server, name)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=environment | settings,
        check=True,
    )
    return {"database": name}


def _beside(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
