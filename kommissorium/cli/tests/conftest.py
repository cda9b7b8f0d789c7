"""Runs the command as an operator does: in a process of its own, on a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest


@dataclass
class Installation:
    """A data folder, and the environment the command runs in."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)

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

    def init(self) -> subprocess.CompletedProcess[str]:
        return self.here(
            "init",
            *("--municipality", "Tryllerup Kommune"),
            *("--name", "Karen Vestbjerg"),
            *("--email", "karen@tryllerup.example"),
        )

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
def installation(tmp_path: Path) -> Iterator[Installation]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KOMMISSORIUM_", "DJANGO_", "DATABASE_URL"))
    }
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield Installation(tmp_path / "data", kept)
        return
    name = f"cli_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    yield Installation(tmp_path / "data", {**kept, "DATABASE_URL": url})
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
