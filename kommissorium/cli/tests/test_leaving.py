"""Everything leaves and comes back, on either engine; whatever stops it loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from kommissorium.cli.tests.conftest import Installation, _beside
from kommissorium.config.tests.templates import Template
from kommissorium.core.evidence.canonical import canonical, sha256
from kommissorium.core.moving.archive import MANIFEST, BadArchive, opened, place_of
from kommissorium.core.tests.free_port import free_port

FILL = """
import django
django.setup()
from django.db import transaction
from kommissorium.accounts.models import Municipality
from kommissorium.core.evidence.actions import freeze
from kommissorium.core.files.actions import store_file
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.tests.mail.letters import letter
with transaction.atomic():
    store_file("Hej, årsplan\\n".encode(), "plan.txt")
    queue_mail(to="a@b.example", kind="core.tried", key="1", letter=letter("Én gang", "Hej"))
    freeze("core.tried", Municipality.objects.get(), by=None, content={"æ": ["ø", 1]}, pdf=b"%PDF-")
"""
TEXT = "Hej, årsplan\n".encode()


@pytest.fixture
def filled(installation: Installation, cast_database: Template) -> Installation:
    """An installation with the cast, a file, a frozen record and a mail that waits."""
    installation.migrated = cast_database.database
    installation.environment["KOMMISSORIUM_SECRET_KEY"] = settings.SECRET_KEY
    installation._put_tables_in_place()
    installation.data.mkdir(exist_ok=True)
    own = {"KOMMISSORIUM_DATA": str(installation.data)}
    own["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"
    subprocess.run(
        [sys.executable, "-c", FILL], env=installation.environment | own, check=True, timeout=120
    )
    return installation


def _on_server(installation: Installation) -> bool:
    return "DATABASE_URL" in installation.environment


@pytest.fixture
def other(filled: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An empty one on the engine of the tests, beside `filled`."""
    if not _on_server(filled):
        yield Installation(tmp_path / "other", filled.environment)
        return
    url = filled.environment["DATABASE_URL"]
    name = f"{urlsplit(url).path.lstrip('/')}_other"
    with psycopg.connect(_beside(url, "postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    own = {**filled.environment, "DATABASE_URL": _beside(url, name)}
    yield Installation(tmp_path / "other", own)
    with psycopg.connect(_beside(url, "postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_sqlite(other: Installation, data: Path) -> Installation:
    kept = {name: value for name, value in other.environment.items() if name != "DATABASE_URL"}
    return replace(other, data=data, environment=kept)


def done(ran: subprocess.CompletedProcess[str]) -> str:
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def rows(archive: Path, until: int) -> dict[str, list[str]]:
    """Return what an archive holds of each table, as it was until an event."""
    found = {}
    with zipfile.ZipFile(archive) as parts:
        for name in json.loads(parts.read(MANIFEST))["tables"]:
            lines = parts.read(place_of(name)).decode().splitlines()
            read = [
                {**json.loads(text), **json.loads(rest)} for text, rest in map(json.loads, lines)
            ]
            old = [one for one in read if (_event(name, one) or 0) <= until]
            found[name] = sorted(canonical(_plain(one)) for one in old)
    return found


def _event(table: str, row: dict[str, Any]) -> Any:
    return {"core_event": row.get("seq"), "core_rowversion": row.get("event_id")}.get(table)


def _plain(value: Any) -> Any:
    """Return a value in which the order of the keys of JSON says nothing."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, float):
        return str(value)
    try:
        return canonical({"": json.loads(value)}) if isinstance(value, str) else value
    except (ValueError, TypeError):
        return value


def head_of(archive: Path) -> int:
    with zipfile.ZipFile(archive) as parts:
        return int(json.loads(parts.read(MANIFEST))["head"]["seq"])


@pytest.mark.both("each engine writes values in its own way")
def test_everything_comes_back_by_way_of_sqlite(
    filled: Installation, other: Installation, tmp_path: Path
) -> None:
    first, second, last = (tmp_path / f"{number}.zip" for number in range(3))
    before = done(filled.here("assess"))
    done(filled.here("export", "--all", "--dry-run", "-o", str(first)))
    assert not first.exists()
    assert "Everything holds." in done(
        filled.here("export", "--all", "-o", str(first), "--key", str(tmp_path / "key"))
    )
    assert (tmp_path / "key").read_text().strip() == settings.SECRET_KEY
    away = on_sqlite(other, tmp_path / "away")
    assert "Nothing was written" in done(away.here("import", "--all", str(first), "--dry-run"))
    assert "Everything holds." in done(away.here("import", "--all", str(first)))
    assert done(away.here("assess")) == before
    refused = away.here("import", "--all", str(first))
    assert (refused.returncode, "is not empty" in refused.stderr) == (2, True)
    done(away.here("export", "--all", "-o", str(second)))
    if _on_server(other):
        assert "Everything holds." in done(other.here("import", "--all", str(second)))
        assert done(other.here("assess")) == before
        done(other.here("export", "--all", "-o", str(last)))
    head = head_of(first)
    came, was = rows(last if _on_server(other) else second, head), rows(first, head)
    assert len(was["core_event"]) == head and was["core_outboxmail"]
    for table in was:
        assert came[table] == was[table], table


@pytest.mark.once
def test_what_was_changed_in_an_archive_is_told_and_not_brought_in(
    filled: Installation, other: Installation, tmp_path: Path
) -> None:
    whole, changed = tmp_path / "whole.zip", tmp_path / "changed.zip"
    done(filled.here("export", "--all", "-o", str(whole)))
    named, table = b"Tryllerup", "accounts_municipality"
    file = f"files/{sha256(TEXT)}"
    for part, was, now, told in (
        (place_of(table), named, b"Tryllerop", f"its rows of {table} were changed"),
        (file, b"Hej", b"Haj", f"its file {sha256(TEXT)} was changed"),
        (MANIFEST, b'"engine":"', b'"engine":"x', "its manifest was changed"),
        (place_of("core_event"), None, None, "it lacks tables/core_event.jsonl"),
    ):
        rewrite(whole, changed, part, was, now)
        with pytest.raises(BadArchive, match=told), opened(changed) as archive:
            archive.check(lambda _text: None)
    rewrite(whole, changed, place_of(table), named, b"Tryllerop", anew=True)
    refused = other.here("import", "--all", str(changed))
    assert refused.returncode == 2
    assert f"FAULT: {table} 1 is not what event" in refused.stderr
    assert "Everything holds." in done(other.here("import", "--all", str(whole)))


def rewrite(
    source: Path, target: Path, part: str, was: bytes | None, now: Any, *, anew: bool = False
) -> None:
    """Change a part, or leave it out; `anew`: who does it computes the manifest anew."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        manifest = json.loads(old.read(MANIFEST))
        for name in old.namelist():
            data = old.read(name)
            if name == part and was is None:
                continue
            if name == part:
                data = data.replace(was or b"", now, 1)
                assert data != old.read(name)
            if name == part and anew:
                digest = sha256(data)
                manifest["tables"][Path(part).stem]["sha256"] = digest
                manifest.pop("sha256")
                manifest["sha256"] = sha256(canonical(manifest))
            if name == MANIFEST and anew:
                data = canonical(manifest).encode()
            new.writestr(name, data)


def kill_at(installation: Installation, word: str, *arguments: str) -> None:
    """Run a command, with all that it starts, and kill it as soon as it says the word."""
    command = [sys.executable, "-m", "kommissorium.cli", *arguments]
    with subprocess.Popen(
        [*command, "--data", str(installation.data)],
        env=installation.environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        for line in process.stdout or ():
            if word in line:
                os.killpg(process.pid, signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL


@pytest.mark.both("what a killed transaction leaves")
def test_a_kill_in_the_middle_loses_nothing(
    filled: Installation, other: Installation, tmp_path: Path
) -> None:
    archive = tmp_path / "all.zip"
    kill_at(filled, "20 % of", "export", "--all", "-o", str(archive))
    assert not archive.exists()
    done(filled.here("export", "--all", "-o", str(archive)))
    for word in ("Bringing it in", "checking all of it"):
        kill_at(other, word, "import", "--all", str(archive))
    assert "Everything holds." in done(other.here("import", "--all", str(archive)))
    assert "Everything holds." in done(filled.here("verify"))


@pytest.mark.both("who else is connected, and what a killed transaction leaves")
def test_a_database_that_was_moved_is_served_no_more(
    filled: Installation, other: Installation, tmp_path: Path
) -> None:
    to = other.environment.get("DATABASE_URL", f"sqlite://{tmp_path}/other.sqlite3")
    there = replace(filled, environment=filled.environment | {"DATABASE_URL": to})
    assert "Nothing was written" in done(filled.here("move", "--to", to, "--dry-run"))
    kill_at(filled, "checking all of it", "move", "--to", to)
    kill_at(filled, "Head here", "move", "--to", to)
    said = done(filled.here("move", "--to", to))
    assert "The other database holds it already." in said
    assert not (filled.data / "moving").exists()
    assert "Everything holds." in done(there.here("verify"))
    assert "Everything holds." in done(filled.here("verify"))
    for command in (("serve", "--port", str(free_port())), ("move", "--to", to), ("accept-key",)):
        refused = filled.here(*command)
        assert (refused.returncode, " moved " in refused.stderr) == (2, True), refused.stderr
