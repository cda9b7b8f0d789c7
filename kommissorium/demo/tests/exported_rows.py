"""A database of what an export holds and nothing else, for rows to be counted from."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

KEPT = {"django_migrations", "django_content_type"}  # of the schema, not of the municipality


def database_of(export: Path, like: str, target: Path) -> None:
    """Fill a copy of the tables of another database (SQLite) with the rows, versions, events and
    records of an export. What it withholds is not there; no trigger stands in the way."""
    with closing(sqlite3.connect(like)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA foreign_keys = OFF")
        for name in _named(copy, "trigger"):
            copy.execute(f'DROP TRIGGER "{name}"')
        tables = {name: _columns(copy, name) for name in _named(copy, "table")}
        for name in tables.keys() - KEPT:
            copy.execute(f'DELETE FROM "{name}"')
        with zipfile.ZipFile(export) as opened:
            for table, values in _rows(opened):
                _put(copy, table, tables[table], values)
        copy.commit()


def _named(copy: sqlite3.Connection, kind: str) -> list[str]:
    found = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = ?", [kind])
    made = (name for name, sql in found if "VIRTUAL" not in sql)
    return [name for name in made if not name.startswith(("sqlite_", "core_passage"))]


def _columns(copy: sqlite3.Connection, table: str) -> Mapping[str, object]:
    """Return the columns, each with what stands where an export leaves it out."""
    info = copy.execute(f'PRAGMA table_info("{table}")')
    return {name: ("" if must else None) for _at, name, _type, must, _default, _key in info}


def _rows(export: zipfile.ZipFile) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for line in _lines(export, "rows.jsonl"):
        if "text" in line:
            yield line["table"], json.loads(line["text"])
    for line in _lines(export, "events.jsonl"):
        yield "core_event", line
    shown = (line for line in _lines(export, "versions.jsonl") if "text" in line)
    for number, line in enumerate(shown, 1):
        values = {"id": number, "event_id": int(line["event"]), "text": line["text"]}
        yield "core_rowversion", {"table": line["table"], "key": line["key"], **values}
    there = set(export.namelist())
    for line in _lines(export, "records.jsonl"):
        if (file := f"records/{line['id']}.json") in there:
            content = export.read(file).decode()
            yield "core_record", {**line, "event_id": line["event"], "content": content}


def _lines(export: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with export.open(name) as lines:
        yield from map(json.loads, lines)


def _put(
    copy: sqlite3.Connection, table: str, columns: Mapping[str, object], row: Mapping[str, Any]
) -> None:
    values = [_stored(row.get(name, lacking)) for name, lacking in columns.items()]
    places = ", ".join("?" * len(values))
    copy.execute(f'INSERT INTO "{table}" VALUES ({places})', values)


def _stored(value: object) -> object:
    is_json = isinstance(value, dict | list)
    return json.dumps(value, ensure_ascii=False) if is_json else value
