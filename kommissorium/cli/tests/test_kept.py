"""Filled databases of every release are upgraded to its end: same answers, `verify` clean, ten pages.

They are made by scripts/keep_databases.py. While no migration came after a release, one of this file
does, and a squashed one that replaces it: it writes a table anew, as SQLite must for a column.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as conf
from django.db import connection
from django.db.migrations import AlterField, Migration
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.cli.told import print_answers
from kommissorium.cli.upgrade import upgrade
from kommissorium.config import database, database_copy
from kommissorium.config.database import check_version, steps
from kommissorium.config.releases import release_of
from kommissorium.config.tests.faults import killed_in
from kommissorium.config.tests.templates import Template, _as_owner, connected_to, drop_database
from kommissorium.conftest import time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.tasks.models import Task

KEPT = Path(__file__).with_name("kept")
ARCHIVES = sorted(KEPT.glob(f"*/*-{connection.vendor}.tar.xz"))
SMALL = [path for path in ARCHIVES if path.name.startswith("small")]
PAGES = (
    *("overview", "compliance", "meetings", "tasks", "decisions"),
    *("yearwheel", "assets", "risks", "policies", "evidence"),
)
CLAUSE = re.compile(r"\s*\S [A-Z]\d+ ")  # its mark and its number
LATER, SQUASHED = ("tasks", "9998_later"), ("tasks", "9999_squashed")

pytestmark = pytest.mark.both("what the release wrote is upgraded on its own database")


@pytest.fixture
def events_come_last() -> None:
    """What a migration writes is sealed before its commit, or anew with its table's new columns."""


@pytest.fixture(params=ARCHIVES, ids=lambda path: f"{path.parent.name}-{path.name[:-7]}")
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the release, as its program left it."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.fixture
def said(
    folder: Path, settings: Any, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Any]]:
    """What was said when it was filled; within, its database is ours, at that moment."""
    told: dict[str, Any] = json.loads((folder / "said.json").read_text())
    settings.SECRET_KEY = (folder / "secret.key").read_text().strip()
    settings.DATA_DIR, settings.ANCHOR_FILE = folder, folder / "anchors.txt"
    moment = datetime.fromisoformat(told["at"]) + timedelta(minutes=1)
    with (
        django_db_blocker.unblock(),
        database_of(folder) as name,
        connected_to(Template(name, str(folder / "files"))),
        time_is(moment),
    ):
        yield told


@contextmanager
def database_of(folder: Path) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield str(folder / "kommissorium.sqlite3")
        return
    name = f"kept_{uuid4().hex}"
    _as_owner(f'CREATE DATABASE "{name}"')
    asked = connection.settings_dict
    url = make_conninfo(dbname=name, user=asked["USER"], **asked["OPTIONS"])
    load = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-d", url]
    subprocess.run([*load, "-f", str(folder / "dump.sql")], check=True)
    yield name
    drop_database(name)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be a migration after all others, and one that replaces the last two of its room."""
    load = MigrationLoader.load_disk
    field: Any = Task._meta.get_field("title")
    wider = field.clone()
    wider.max_length += 1

    def load_disk(self: MigrationLoader) -> None:
        load(self)
        disk: Any = self.disk_migrations
        last = max(step for step in disk if step[0] == "tasks")
        one: Any = Migration(*reversed(LATER))
        both: Any = Migration(*reversed(SQUASHED))
        one.dependencies = [last]
        one.operations = [AlterField("task", "title", each) for each in (wider, field.clone())]
        both.dependencies, both.replaces = disk[last].dependencies, [last, LATER]
        both.operations = [*disk[last].operations, *one.operations]
        disk[LATER], disk[SQUASHED] = one, both

    monkeypatch.setattr(MigrationLoader, "load_disk", load_disk)


def answer(day: str, known: str) -> list[str]:
    with redirect_stdout(StringIO()) as told:
        print_answers(day, None, as_json=False, as_known_today=known == "today")
    return states(told.getvalue())


def states(told: str) -> list[str]:
    """Return what is said of each clause; the sentences below it may be worded anew."""
    return [line for line in told.splitlines() if CLAUSE.match(line)]


def test_a_filled_database_of_a_release_is_upgraded_to_the_end(
    later: None, said: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    applied, to_come = steps()
    assert (release_of(applied), check_version()) == (said["release"], True)
    assert upgrade(only_check=True, copied=False) == 0
    assert steps() == (applied, to_come)
    assert upgrade(only_check=False, copied=False) == 0
    assert f"The database is of {said['release']}" in capsys.readouterr().out
    assert not check_version()
    assert {LATER, SQUASHED} <= steps()[0]
    [copy] = Path(conf.DATA_DIR).glob("kommissorium-before-*")
    assert copy.stat().st_size > 100_000
    report = check_database()
    assert report.faults == []
    assert report.rows > 300
    for asked, told in said["answers"].items():
        assert answer(*asked.split()) == states(told), asked
    assert sum(len(states(told)) for told in said["answers"].values()) > 500
    assert pages() == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("folder", SMALL, indirect=True, ids=lambda path: path.parent.name)
def test_an_upgrade_killed_anywhere_goes_on_when_it_is_run_again(
    later: None, said: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    applied, faults = steps()[0], check_database().faults  # of what the release did not have yet

    def killed(owner: Any, name: str, call: int = 1) -> bool:
        return killed_in(owner, name, lambda: upgrade(only_check=False, copied=False), call=call)

    assert killed(database_copy, "copy_file" if connection.vendor == "sqlite" else "dump")
    assert killed(database, "call_command")
    assert (steps()[0], check_database().faults) == (applied, faults)
    assert killed(connection.SchemaEditorClass, "alter_field", call=2)
    assert applied <= steps()[0]
    assert LATER not in steps()[0]
    assert check_version()
    assert killed(database, "refuse_misshapen")
    assert upgrade(only_check=False, copied=False) == 0
    assert "There is nothing to do." in capsys.readouterr().out
    assert not list(Path(conf.DATA_DIR).glob("*.part"))
    assert check_database().faults == []
    [day, *_others] = said["answers"]
    assert answer(*day.split()) == states(said["answers"][day])


def pages() -> dict[str, int]:
    role = OrganisationRole.objects.filter(kind=OrganisationRole.Kind.COORDINATOR).latest("pk")
    client = Client()
    client.force_login(Person.objects.get(pk=role.person_id))
    return {name: client.get(reverse(name)).status_code for name in PAGES}
