"""Runs the command as an operator does: in a process of its own, on a database of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from kommissorium.config.tests.demonstration import FOREIGN
from kommissorium.config.tests.templates import Template


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
def installation(tmp_path: Path, empty_database: Template) -> Iterator[Installation]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(FOREIGN)}
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield Installation(tmp_path / "data", kept, empty_database.database)
        return
    name = f"cli_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    own = {**kept, "DATABASE_URL": _beside(server, name)}
    yield Installation(tmp_path / "data", own, empty_database.database)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _beside(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
