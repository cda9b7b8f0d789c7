"""Databases that are made once in a run of the tests, and copied for each process that wants one.

Each begins with a copy of another: the tables, the cast in them, one object of each kind beside
the cast. The first process that asks makes it; the others wait, and copy a file or a database.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

PACKAGE = Path(__file__).resolve().parents[2]
# What a kept template is made of, besides the day: it is made again when one of these changes.
MADE_OF = (
    *("*/migrations/*.py", "core/evidence/*.py", "conftest.py"),
    *("*/tests/samples.py", "*/tests/samples/*.py"),
)


@dataclass(frozen=True)
class Template:
    """A database that nobody writes in, the folder of its files, and what its maker told."""

    database: str  # its file, or its name on the server
    files: str
    told: Any = None


@dataclass(frozen=True)
class Shelf:
    """The folder with the templates, and the conditions for using one that is there."""

    folder: Path
    mark: str = ""

    @classmethod
    def of(cls, config: pytest.Config, factory: pytest.TempPathFactory) -> Shelf:
        """Return the shelf of this run, or with --reuse-db the one that outlasts it."""
        if not config.getoption("reuse_db"):
            return cls(shared(factory))
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        mark = run if config.getoption("create_db") else made_of()
        return cls(Path(os.environ["KOMMISSORIUM_TEST_HOME"]), mark)

    def template(
        self, name: str, make: Callable[[], object], base: Template | None = None
    ) -> Template:
        """Return the template of that name. `make` fills it, connected to it, and tells of it."""

        def made(folder: Path) -> dict[str, Any]:
            on_server = connection.vendor == "postgresql"
            database = f"kommissorium_{name}" if on_server else str(folder / "template.sqlite3")
            found = Template(database, str(folder / "files"))
            if base:
                copy(base, found)
            with connected_to(found):
                if not base:
                    _make_tables(database)
                return asdict(found) | {"told": make()}

        return Template(**once(self.folder, f"{name}-{connection.vendor}", made, self.mark))


def shared(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(
    shared: Path, name: str, make: Callable[[Path], dict[str, Any]], mark: str = ""
) -> dict[str, Any]:
    """Return what `make` returned when the first process asked for the name, with that mark.

    It is given a folder of its own, which is there for all of them. What failed once fails at once
    for whoever asks again: each try takes minutes.
    """
    made = shared / f"{name}.json"
    failed = made.with_suffix(".failed")
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if failed.exists():
            raise AssertionError(failed.read_text())
        if not made.exists() or json.loads(made.read_text())["mark"] != mark:
            folder = shared / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            failed.write_text(f"{name} could not be made: the first that asked for it says why")
            made.write_text(json.dumps({"mark": mark, "told": make(folder)}))
            failed.unlink()
    told: dict[str, Any] = json.loads(made.read_text())["told"]
    return told


def made_of() -> str:
    """Return a text that differs on another day, or with other tables or cast."""
    said = hashlib.sha256(timezone.localdate().isoformat().encode())
    for pattern in MADE_OF:
        for path in sorted(PACKAGE.glob(pattern)):
            said.update(path.read_bytes())
    return said.hexdigest()


def own(name: str) -> Template:
    """Return the place for this process's own copy, by that name."""
    database = str(settings.DATA_DIR / f"{name}.sqlite3")
    if connection.vendor == "postgresql":
        database = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    return Template(database, str(settings.DATA_DIR / f"{name}-files"))


def copy(source: Template, target: Template) -> None:
    """Copy a database nobody is connected to, with its files; what was there before is gone."""
    copy_database(source.database, target.database)
    shutil.rmtree(target.files, ignore_errors=True)
    if Path(source.files).exists():
        shutil.copytree(source.files, target.files)


@contextmanager
def database_with[T](source: Template, name: str, make: Callable[[], T]) -> Iterator[T]:
    """Be connected to a copy in which `make` wrote, for the tests of a file, and give its result.

    Each of them is rolled back, so that all begin with the same; tests that change what `make`
    told of must fetch it themselves.
    """
    copied = own(name)
    copy(source, copied)
    with connected_to(copied):
        yield make()
    drop_database(copied.database)


@contextmanager
def connected_to(target: Template) -> Iterator[None]:
    """Let models and threads of this process read and write there."""
    connection.close()
    before, files = connection.settings_dict["NAME"], settings.FILES_DIR
    settings.FILES_DIR = Path(target.files)
    _name(target.database)
    try:
        yield
    finally:
        connection.close()
        _name(before)
        settings.FILES_DIR = files


def copy_database(source: str, target: str) -> None:
    """Copy a database without files, in the same way."""
    drop_database(target)
    if connection.vendor == "sqlite":
        shutil.copyfile(source, target)
    else:
        _as_owner(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop_database(name: str) -> None:
    if connection.vendor == "sqlite":
        for part in ("", "-wal", "-shm"):
            Path(f"{name}{part}").unlink(missing_ok=True)
    else:
        _as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _make_tables(database: str) -> None:
    """Make the tables as Django does for tests, in a file: journal and locks are real."""
    connection.settings_dict["TEST"]["NAME"] = database
    connection.creation.create_test_db(verbosity=0, autoclobber=True)


def _name(database: str) -> None:
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = database


def _as_owner(statement: str) -> None:
    """Ask the server, connected to none of its databases, as Django does for tests."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
