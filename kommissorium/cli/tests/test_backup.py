"""A backup of a running program, what is restored of it, and what is left when either is killed."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pyrage
import pytest
from django.db import connection, connections

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.cli import archive, backup, keeping, restore, restored, serve
from kommissorium.cli.errors import Trouble
from kommissorium.config.tests.faults import killed_in
from kommissorium.config.tests.templates import Template, connected_to
from kommissorium.conftest import Cast
from kommissorium.core import signing_key
from kommissorium.core.evidence.chain_check import check_database, head
from kommissorium.core.evidence.models import Event
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.models import StoredFile

pytestmark = pytest.mark.both("each database is copied by its own programs")

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def folder(
    committing: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A data folder with a stored file, of the database of the test."""
    live_in(settings, tmp_path / "live")
    monkeypatch.setenv("KOMMISSORIUM_DATA", str(tmp_path / "live"))
    settings.FILES_DIR.mkdir(parents=True)
    store_file(PDF, "Bilag.pdf")
    return tmp_path


def live_in(settings: Any, data: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = data, data / "files"
    settings.ANCHOR_FILE = data / "anchors.txt"


def made(folder: Path, **asked: Any) -> Path:
    target = folder / f"{uuid4().hex}.backup"
    options = {"key_to": folder / "kept.key", "encrypt_to": "", "dry_run": False}
    assert backup.backup(target, **options | asked) == 0
    return target


@contextmanager
def empty_database(data: Path) -> Iterator[None]:
    """Be connected to what a restore into the folder fills."""
    database = str(data / "kommissorium.sqlite3")
    if connection.vendor == "postgresql":
        database = f"restored_{uuid4().hex}"
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{database}"')
    with connected_to(Template(database, str(data / "files"))):
        yield
    if connection.vendor == "postgresql":
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def unpacked(source: Path, data: Path, identity: Path | None = None) -> archive.About:
    return restore._unpacked(source, data, source.parent / "kept.key", identity)


def test_what_was_backed_up_is_restored_with_its_files_and_verifies(
    folder: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    people, last = Person.objects.count(), head()
    source = made(folder)
    assert Event.objects.latest("seq").act == "core.backup_made"
    assert (settings.DATA_DIR / "last_backup").exists()
    assert not (settings.DATA_DIR / "backup-part").exists()
    assert source.stat().st_mode & 0o077 == 0
    assert settings.SECRET_KEY.encode() not in source.read_bytes()
    assert (folder / "kept.key").read_text().strip() == settings.SECRET_KEY
    data = folder / "restored"
    about = unpacked(source, data)
    assert (about.seq, about.hash, about.files) == (*last, 1)
    live_in(settings, data)
    with empty_database(data):
        capsys.readouterr()
        assert restored.finish(about) == 0
        assert f"up to event {last[0]:,}" in capsys.readouterr().out
        assert Person.objects.count() == people
        assert StoredFile.objects.get().read() == PDF
        assert Event.objects.latest("seq").act == "core.backup_restored"


def test_it_is_consistent_while_others_write(folder: Path, committing: Cast) -> None:
    is_over, written = threading.Event(), list[str]()

    def write() -> None:
        while not is_over.is_set():
            name = f"Ny person {len(written)}"
            add_person(by=committing.administrator, name=name)
            store_file(PDF + name.encode(), "Bilag.pdf")
            written.append(name)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        sources = [made(folder) for _one in range(3)]
    finally:
        is_over.set()
        writer.join(60)
    assert written
    for number, source in enumerate(sources):
        about = unpacked(source, folder / f"restored{number}")
        files = folder / f"restored{number}" / "files"
        assert len(list(files.glob("*/*"))) == about.files
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(files.parent / "kommissorium.sqlite3")) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert copy.execute("SELECT max(seq) FROM core_event").fetchone() == (about.seq,)


def test_encrypted_it_opens_by_the_private_key_alone(folder: Path) -> None:
    own, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, key in (("own", own), ("other", other)):
        (folder / name).write_text(f"# of age-keygen\n{key}\n")
    source = made(folder, encrypt_to=str(own.to_public()))
    assert PDF not in source.read_bytes()
    with pytest.raises(Trouble, match="--identity"):
        archive.unpack(source, None, None)
    with pytest.raises(Trouble, match="cannot be read"):
        archive.unpack(source, folder / "other", None)
    assert archive.unpack(source, folder / "own", None).files == 1
    whole = source.read_bytes()
    for part in (whole[:-1], whole[: len(whole) // 2], whole[:-1] + bytes([whole[-1] ^ 1])):
        source.write_bytes(part)
        with pytest.raises(Trouble, match="cannot be read"):
            archive.unpack(source, folder / "own", None)
    with pytest.raises(Trouble, match="no public key"):
        made(folder, encrypt_to="age1nobody")


def test_what_is_changed_or_cut_short_is_refused(folder: Path) -> None:
    source = made(folder)
    whole = source.read_bytes()
    for other in (whole[: len(whole) // 2], whole.replace(b"Catalog", b"Katalog"), b"no archive"):
        source.write_bytes(other)
        with pytest.raises(Trouble, match="cannot be read"):
            archive.unpack(source, None, None)


def test_nothing_is_written_over_and_a_dry_run_writes_nothing(
    folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, events = made(folder), Event.objects.count()
    asked: dict[str, Any] = {"key_to": None, "encrypt_to": ""}
    with pytest.raises(Trouble, match="there already"):
        backup.backup(source, **asked, dry_run=False)
    assert backup.backup(folder / "other", **asked, dry_run=True) == 0
    assert not (folder / "other").exists()
    given: dict[str, Any] = {"key": folder / "kept.key", "identity": None}
    with pytest.raises(Trouble, match="not empty"):
        restore.restore(source, settings.DATA_DIR, **given, dry_run=True)
    assert restore.restore(source, folder / "new", **given, dry_run=True) == 0
    assert not (folder / "new").exists()
    assert Event.objects.count() == events
    monkeypatch.delenv(signing_key.VARIABLE)
    with pytest.raises(Trouble, match="--key"):
        restore.restore(source, folder / "new", key=None, identity=None, dry_run=True)


STEPS: dict[str, Callable[[Callable[[], object]], bool]] = {
    "before the database is copied": lambda act: killed_in(backup, "_copy", act),
    "before the files are held": lambda act: killed_in(backup, "_hold", act),
    "while it is written": lambda act: killed_in(backup, "_add_files", act),
    "before it has its name": lambda act: killed_in(archive.os, "fsync", act),
    "before it is noted": lambda act: killed_in(backup, "_note", act),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_backup_killed_anywhere_leaves_the_program_whole_and_is_made_again(
    folder: Path, settings: Any, step: str
) -> None:
    last, target = head(), folder / "killed"
    asked: dict[str, Any] = {"key_to": None, "encrypt_to": "", "dry_run": False}
    assert STEPS[step](lambda: backup.backup(target, **asked))
    assert head() == last
    assert check_database().holds
    if target.exists():  # under its name it is whole
        assert archive.unpack(target, None, None).files == 1
    again = made(folder)
    assert archive.unpack(again, None, None).seq == last[0]
    assert not (settings.DATA_DIR / "backup-part").exists()


def test_a_restore_killed_anywhere_is_told_and_begins_anew(
    folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, data, last = made(folder), folder / "restored", head()
    for owner, name, call in (
        (archive, "_take", 1),
        (archive, "_take", 3),
        (restore, "write_key", 1),
        (restore, "sync_folder", 1),
    ):
        assert killed_in(owner, name, lambda: unpacked(source, data), call=call)
        with pytest.raises(Trouble, match="cut short"):
            serve.use_folder(data, make=False)
    about = unpacked(source, data)
    live_in(settings, data)
    with empty_database(data):
        for step in ("note_restore", "_remove_mark"):
            assert killed_in(restored, step, lambda: restored.finish(about))
            assert (data / restore.MARK).exists()
        assert restored.finish(about) == 0
        assert Event.objects.filter(act="core.backup_restored").count() == 1
        assert Event.objects.filter(seq__lte=last[0] - 1).count() == last[0] - 1
    monkeypatch.setenv("KOMMISSORIUM_DATA", "")
    serve.use_folder(data, make=False)
    assert keeping  # the command's own words are tried in test_command.py
