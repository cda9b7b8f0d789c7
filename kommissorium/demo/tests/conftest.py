"""Builds the demonstration as its user does, once, in a folder and a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker


@dataclass
class Demonstration:
    """The folder it was built in, and the environment its commands run in."""

    data: Path
    environment: dict[str, str]

    @property
    def database(self) -> str:
        url = self.environment.get("DATABASE_URL")
        return urlsplit(url).path.lstrip("/") if url else str(self.data / "kommissorium.sqlite3")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kommissorium.cli", *arguments, "--data", str(self.data)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            stdin=subprocess.DEVNULL,
        )


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    foreign = ("KOMMISSORIUM_", "DJANGO_", "DATABASE_URL")
    environment = {name: text for name, text in os.environ.items() if not name.startswith(foreign)}
    with _own_database() as url:
        built = Demonstration(tmp_path_factory.mktemp("demo") / "data", environment | url)
        done = built.run("demo", "--no-serve")
        assert done.returncode == 0, done.stderr
        yield built


@pytest.fixture(scope="module")
def havneby(
    demonstration: Demonstration, django_db_blocker: DjangoDbBlocker
) -> Iterator[Demonstration]:
    """Let the models of this process read the demonstration's rows and files.

    The database of the other tests is not needed here, and may not have been made yet.
    """
    original, files = connection.settings_dict["NAME"], settings.FILES_DIR
    connection.close()
    connection.settings_dict["NAME"] = demonstration.database
    settings.FILES_DIR = demonstration.data / "files"
    try:
        with django_db_blocker.unblock():
            yield demonstration
            connection.close()
    finally:
        connection.settings_dict["NAME"], settings.FILES_DIR = original, files


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield {}
        return
    name = f"demo_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
    yield {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
