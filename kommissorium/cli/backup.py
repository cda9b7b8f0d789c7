"""The sub-command that makes a backup of the running program. `commands` is imported first."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kommissorium import __version__
from kommissorium.cli.archive import ANCHORS, DATABASES, About, add_about, recipient_of, written
from kommissorium.cli.commands import require_database, verified
from kommissorium.cli.environment_file import FILE as ENVIRONMENT
from kommissorium.cli.errors import Trouble
from kommissorium.cli.serving import backing_up
from kommissorium.config.database_copy import NoCopy, copy_file, dump, why_no_copy
from kommissorium.core.evidence.backups import note_backup
from kommissorium.core.evidence.chain_check import snapshot
from kommissorium.core.evidence.verifier import to_terminal
from kommissorium.core.files.actions import write_file
from kommissorium.core.signing_key import write_key

WORK, STAMP = "backup-part", "last_backup"
TIMES = 3  # a file that a rule erased meanwhile is in no second copy
_ANCHORS = 'SELECT "on", seq, hash FROM core_anchor'


@dataclass(frozen=True)
class Taken:
    """What the copied database holds: its last event, the files it names and its anchors."""

    seq: int
    hash: str
    files: Sequence[str]
    anchors: frozenset[str]


def backup(output: Path, *, key_to: Path | None, encrypt_to: str, dry_run: bool) -> int:
    """Write database and files as of one moment, while others write on."""
    require_database(writes=True)
    _refuse(output, encrypt_to)
    if dry_run:
        print(f"It would write database and files into {output}, and note it in the evidence.")
        return 0
    work = settings.DATA_DIR / WORK
    try:
        with backing_up():
            shutil.rmtree(work, ignore_errors=True)  # of one that was killed
            try:
                about = _write(work, output, encrypt_to)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except (OSError, NoCopy) as error:
        raise Trouble(f"{output} cannot be written: {error}") from None
    if key_to:
        write_key(key_to, settings.SECRET_KEY)
    _note(about, output, is_encrypted=bool(encrypt_to))
    print(f"{output}: up to event {about.seq:,}, {about.files:,} files.")
    print(f"secret.key is not in it: {f'it is in {key_to}' if key_to else 'keep it apart'}.")
    if (settings.DATA_DIR / ENVIRONMENT).exists():
        print(f"Nor is {ENVIRONMENT}, which can hold passwords: copy it apart, too.")
    return verified()


def _refuse(output: Path, encrypt_to: str) -> None:
    if encrypt_to:
        recipient_of(encrypt_to)
    if output.exists():
        raise Trouble(f"{output} is there already.")
    if not output.parent.is_dir():
        raise Trouble(f"There is no folder {output.parent}.")
    if lacks := why_no_copy():
        raise Trouble(f"No backup can be made: {lacks}")


def _write(work: Path, output: Path, encrypt_to: str) -> About:
    """Copy the database, hold the files that it names, and write all into one archive.

    The database first: a file is on disk before its row is. Held by a second name, a file stays for the
    archive though a rule erases it meanwhile; one erased before that is in no newer copy.
    """
    database = work / DATABASES[connection.vendor]
    at = timezone.now().isoformat()
    for _time in range(TIMES):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        taken = _copy(database)
        print(f"The database is copied, up to event {taken.seq:,}.", flush=True)
        missing = [name for name in taken.files if not _hold(name, work)]
        if not missing:
            break
    there = sorted(set(taken.files).difference(missing))
    if missing:
        print(f"{len(missing):,} files that the database names are not on the disk.")
    lines = _anchors(taken)
    (work / ANCHORS).write_text(lines, encoding="ascii")
    about = About(__version__, connection.vendor, at, taken.seq, taken.hash, len(there))
    with written(output, encrypt_to) as archive:
        add_about(archive, about)
        archive.add(database, database.name)
        archive.add(work / ANCHORS, ANCHORS)
        _add_files(archive, work, there)
    return about


def _add_files(archive: tarfile.TarFile, work: Path, names: Sequence[str]) -> None:
    progress = to_terminal()
    for number, name in enumerate(names, 1):
        archive.add(work / name, f"files/{name[:2]}/{name}")
        progress(f"{number:,} of {len(names):,} files written,")


def _copy(target: Path) -> Taken:
    if connection.vendor == "sqlite":
        copy_file(target)
        with closing(sqlite3.connect(target)) as copy:
            return _read(lambda question: copy.execute(question).fetchall())
    with snapshot(), connection.cursor() as cursor:

        def ask(question: str) -> list[Any]:
            cursor.execute(question)
            found: list[Any] = cursor.fetchall()
            return found

        [[name]] = ask("SELECT pg_export_snapshot()")
        dump(target, f"--snapshot={name}")
        return _read(ask)


def _read(ask: Callable[[str], list[Any]]) -> Taken:
    [[seq, value]] = ask("SELECT seq, hash FROM core_event ORDER BY seq DESC LIMIT 1")
    files = [name for (name,) in ask("SELECT sha256 FROM core_storedfile")]
    return Taken(
        seq, value, files, frozenset(f"{on} {at}:{text}" for on, at, text in ask(_ANCHORS))
    )


def _hold(name: str, work: Path) -> bool:
    """Give a file a second name, or copy it where that cannot be; return whether it is there."""
    source = settings.FILES_DIR / name[:2] / name
    try:
        os.link(source, work / name, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        shutil.copyfile(source, work / name, follow_symlinks=False)
    return True


def _anchors(taken: Taken) -> str:
    """Return the lines of anchors.txt without those that are newer than the copy."""
    file = settings.ANCHOR_FILE
    lines = file.read_text("ascii", errors="replace").splitlines() if file.exists() else []
    return "".join(f"{line}\n" for line in lines if line in taken.anchors or _seq(line) < taken.seq)


def _seq(line: str) -> int:
    number = line.partition(" ")[2].partition(":")[0]
    return int(number) if number.isdigit() else 0


def _note(about: About, output: Path, *, is_encrypted: bool) -> None:
    facts: dict[str, str | int | bool] = {
        "seq": about.seq,
        "hash": about.hash,
        "files": about.files,
    }
    facts |= {"bytes": output.stat().st_size, "encrypted": is_encrypted}
    note_backup(facts)
    stamp = json.dumps({"at": about.at, "event": about.seq}).encode()
    write_file(settings.DATA_DIR / STAMP, stamp)
