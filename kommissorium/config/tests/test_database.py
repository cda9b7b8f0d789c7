"""A database is used as this version expects it, upgraded from an older one, or refused in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kommissorium.config import database_copy
from kommissorium.config.database import (
    UnusableDatabase,
    check_version,
    migrate,
    refuse_misshapen,
    steps,
)
from kommissorium.config.database_copy import NoCopy, make_copy, why_no_copy
from kommissorium.config.releases import release_of
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.shape import misshapen

pytestmark = pytest.mark.django_db


def taken(room: str, name: str) -> None:
    MigrationRecorder(connection).record_applied(room, name)


def executed(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refusal() -> str:
    with pytest.raises(UnusableDatabase) as refused:
        migrate()
    return str(refused.value)


def test_what_is_newer_is_told_apart_from_what_no_release_made() -> None:
    taken("meetings", "0003_of_a_changed_program")
    assert "of no release of Kommissorium (it has meetings.0003_of_a_changed_program)" in refusal()
    taken("meetings", "0999_of_later")
    assert "a newer version of Kommissorium (it has meetings.0999_of_later)" in refusal()


def test_steps_that_no_release_took_in_that_order_are_refused() -> None:
    MigrationRecorder(connection).record_unapplied("tasks", "0001_tables")
    assert "no release of Kommissorium: " in refusal()
    assert "tasks.0001_tables" in refusal()


def test_a_database_knows_its_release() -> None:
    applied, to_come = steps()
    assert (release_of(applied), release_of([]), to_come) == ("0.1.0", "", [])
    assert not check_version()


def test_a_column_that_is_not_there_is_told_by_name_and_refused() -> None:
    executed("ALTER TABLE core_job RENAME COLUMN name TO former_name")
    line = "core_job: it has no column name"
    assert misshapen(connection)["core_job"][0] == line
    assert f"but its tables are not: {line} and " in refusal()
    assert not check_database().holds


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("DROP INDEX passage_of_object", "index or trigger passage_of_object is missing"),
        ("CREATE UNIQUE INDEX strange ON tasks_task (title)", "trigger strange is none that"),
        ("DROP TRIGGER core_event_no_{}", "is missing"),
        ("DROP TRIGGER tasks_task_seal_insert", "tasks_task_seal_insert is missing"),
    ],
)
def test_indexes_and_triggers_are_those_the_program_expects(statement: str, line: str) -> None:
    on_sqlite = connection.vendor == "sqlite"
    table = "" if on_sqlite or "TRIGGER" not in statement else f" ON {statement[13:23]}"
    executed(statement.format("update" if on_sqlite else "change") + table)
    assert line in refusal()
    assert not check_database().holds


def test_an_index_that_only_makes_it_quicker_may_be_added() -> None:
    executed("CREATE INDEX quicker ON tasks_task (title, due)")
    executed("CREATE TABLE of_somebody_else (id integer)")
    refuse_misshapen()


def test_who_has_no_copy_is_told_before_anything_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = MigrationLoader(connection).graph
    last = next(one for one in graph.leaf_nodes("core") if not graph.node_map[one].children)
    MigrationRecorder(connection).record_unapplied(*last)
    monkeypatch.setattr(database_copy, "PROGRAM", "none-such")
    monkeypatch.setattr(database_copy, "SPARE", 10**12)
    assert why_no_copy()
    with pytest.raises(NoCopy):
        make_copy()
    assert "no copy of it can be made first" in refusal()
    assert "kommissorium upgrade --copied" in refusal()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_copy_is_whole_and_nobody_elses_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kommissorium.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE one (two)")
        made.execute("INSERT INTO one VALUES (3)")
        made.commit()
        monkeypatch.setitem(connection.settings_dict, "NAME", file)
        copy = make_copy()
    assert copy.parent == tmp_path
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as read:
        assert read.execute("SELECT two FROM one").fetchall() == [(3,)]
    assert not list(tmp_path.glob("*.part"))
