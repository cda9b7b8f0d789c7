"""Everything out, everything in, and from one database to another."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction

from kommissorium.cli.commands import _writing, require_database
from kommissorium.cli.errors import Trouble
from kommissorium.config.database import UnusableDatabase, check_version, migrate
from kommissorium.core.evidence.chain_check import check_database, head
from kommissorium.core.evidence.verifier import Report, in_words, to_terminal
from kommissorium.core.moving.actions import mark_as_moved, moved_to, note_export
from kommissorium.core.moving.archive import (
    Archive,
    BadArchive,
    Manifest,
    opened,
    write_archive,
)
from kommissorium.core.moving.bringing_in import bring_in, is_brought_in, refuse_unfit
from kommissorium.secretariat.searching import index_again

HEAD = re.compile(r"^Head here: (\d+):([0-9a-f]{64})$", re.MULTILINE)
SIGN_IN = "Nobody is signed in; mails that waited leave once the program serves."


def export_all(output: Path, key: Path | None, *, dry_run: bool) -> int:
    """Write everything to one file, read it back, and check the database it is of."""
    require_database()
    _refuse_others()
    with _writing(output):
        if dry_run:
            print(f"{output} would be written. The database:")
            return _checked()
        if output.is_dir():
            raise Trouble(f"{output} is a folder.")
        note_export(with_files=True)
        manifest = write_archive(output, _say)
        with opened(output) as archive:
            _say("reading it back")
            archive.check(lambda _text: None)
    print(f"{output} holds {_in_words(manifest)}. Bring it in with: kommissorium import --all")
    _write_key(key)
    return _checked()


def _write_key(key: Path | None) -> None:
    if key is None:
        print("secret.key is not in it: without it, second steps of signing in are made anew.")
        return
    with _writing(key):
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{settings.SECRET_KEY}\n")
    print(f"{key} holds secret.key. Keep it apart from the archive.")


def import_all(
    file: Path, *, dry_run: bool = False, despite_faults: bool = False, again: bool = False
) -> int:
    """Make this database of an archive. With `again` one that holds it already is no fault."""
    with _archive(file) as archive:
        if again and _is_brought_in(archive):
            print("The other database holds it already.")
            _print_head()
            return 0
        refuse_unfit(archive, tables_are_made=_has_chain())
        print(f"Reading {_in_words(archive.manifest)} …", flush=True)
        archive.check(_say)
        if dry_run:
            print("All of it can be brought in. Nothing was written.")
            return 0
        _make_tables()
        print("Bringing it in …", flush=True)
        done = bring_in(archive, _say, after=index_again, despite_faults=despite_faults)
    if done.has_other_key:
        print(
            "secret.key is another than the one it left with. Put that into secret.key.before and"
            " run 'kommissorium accept-key': without it, second steps of signing in are made anew."
        )
    print(SIGN_IN)
    code = _told(done.report)
    _print_head()
    return code


def move(to: str, *, dry_run: bool) -> int:
    """Make another database of this one, and mark this one as moved."""
    if not re.match("(postgres|postgresql|sqlite)://|sqlite$", to):
        raise Trouble("--to is an address like postgres://user@host/name, or sqlite.")
    require_database()
    if event := moved_to():
        raise Trouble(f"This database was moved already, by event {event.seq}.")
    _refuse_others()
    folder = settings.DATA_DIR / "moving"
    shutil.rmtree(folder, ignore_errors=True)  # of a move that was killed
    folder.mkdir(mode=0o700)
    try:
        with _alone():
            write_archive(folder / "all.zip", _say, with_files=False)
            said = _import_there(folder / "all.zip", to, dry_run=dry_run)
            if dry_run:
                return 0
            mark_as_moved(to.partition(":")[0], said)
    finally:
        shutil.rmtree(folder)
    print("This database is marked as moved and takes no more. Serve the other one from here on:")
    print(f"set DATABASE_URL to {'nothing' if to == 'sqlite' else 'the address you gave'}.")
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Let nobody else write. Raises Trouble while somebody does."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        raise Trouble(f"The database is in use: {' '.join(str(error).split())}.") from None


def _import_there(file: Path, to: str, *, dry_run: bool) -> tuple[int, str]:
    """Run the import in a process of its own, whose database is the other one; return its head."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    other = kept if to == "sqlite" else kept | {"DATABASE_URL": to}
    command = [sys.executable, "-m", __name__, str(file), *(("dry",) if dry_run else ())]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=other) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    found = HEAD.search("".join(lines))
    if process.returncode or not (found or dry_run):
        raise Trouble("Nothing was moved: this database is as it was.")
    return (int(found[1]), found[2]) if found else (0, "")


def _refuse_others() -> None:
    """Raise Trouble while others are connected to PostgreSQL's database, from any machine."""
    if connection.vendor != "postgresql":
        return  # one machine alone: its lock tells
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        (others,) = cursor.fetchone()
    if others:
        raise Trouble(f"{others} others are connected to the database. Stop the program first.")


@contextmanager
def _archive(file: Path) -> Iterator[Archive]:
    try:
        with opened(file) as archive:
            yield archive
    except BadArchive as error:
        raise Trouble(f"{file} is not brought in: {error}") from None
    except UnusableDatabase as error:
        raise Trouble(str(error)) from None
    except OSError as error:
        raise Trouble(f"{file} cannot be brought in: {error}.") from None


def _has_chain() -> bool:
    check_version()
    return "core_event" in connection.introspection.table_names()


def _is_brought_in(archive: Archive) -> bool:
    return _has_chain() and is_brought_in(archive)


def _make_tables() -> None:
    print("Making the database; it takes some seconds …", flush=True)
    migrate(copied=True)  # an empty one needs no copy


def _checked() -> int:
    return _told(check_database(progress=to_terminal()))


def _told(report: Report) -> int:
    print("\n".join(in_words(report)))
    print("Everything holds." if report.holds else f"{report.number_of_faults:,} faults.")
    return 0 if report.holds else 1


def _print_head() -> None:
    seq, digest = head()
    print(f"Head here: {seq}:{digest}", flush=True)


def _in_words(manifest: Manifest) -> str:
    rows = sum(one["rows"] for one in manifest["tables"].values())
    files = f", {manifest['files']:,} files" if manifest["files"] is not None else ""
    last, version = manifest["head"]["seq"], manifest["version"]
    return f"{last:,} events, {rows:,} rows{files} of {manifest['engine']}, version {version}"


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(import_all(Path(sys.argv[1]), dry_run="dry" in sys.argv[2:], again=True))
    except Trouble as trouble:
        print(f"kommissorium: {trouble}", file=sys.stderr)
        sys.exit(2)
