"""Bring the database up to this program's version, and refuse one that is not ours to use."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader

from kommissorium.config.database_copy import NoCopy, make_copy
from kommissorium.config.releases import Step
from kommissorium.core.evidence.sealing import seal_other_columns, sealing_is_due
from kommissorium.core.evidence.shape import misshapen
from kommissorium.core.moving.actions import moved_to

# What every database had that was made before the first release: its migrations are gone.
BEFORE_THE_FIRST_RELEASE = ("core", "0001_initial")


class UnusableDatabase(Exception):
    """The database cannot be used; the message says why in one sentence."""


def check_version() -> bool:
    """Return whether the database is empty or of an older version.

    Raises UnusableDatabase for a newer one, one of no release, one of before the first, one that is
    not ours and one that does not answer.
    """
    loader = _loader()
    if BEFORE_THE_FIRST_RELEASE in loader.applied_migrations:
        raise UnusableDatabase(
            "The database was made before 0.1.0, the first release of Kommissorium, and cannot be "
            "carried on. Begin with an empty one."
        )
    _refuse_unknown(loader)
    return bool(set(loader.disk_migrations) - set(loader.applied_migrations))


def steps() -> tuple[set[Step], list[Step]]:
    """Return the migrations that were applied, and those to come, in the order of their names."""
    loader = _loader()
    applied = set(loader.applied_migrations)
    return applied, sorted(set(loader.disk_migrations) - applied)


def migrate(*, copied: bool = False) -> Path | None:
    """Migrate the database, its seals too; return the copy that was made of an older one before.

    `copied`: who asks has one. Raises UnusableDatabase as check_version does, for a damaged one,
    one without a copy, and one whose tables are not those of this version.
    """
    is_older = check_version()
    _refuse_damaged()
    refuse_moved()
    copy = _copy() if is_older and not copied and steps()[0] else None
    try:
        if is_older:
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
            refuse_misshapen(copy)
        else:
            refuse_misshapen(sealed=not sealing_is_due())
            seal_other_columns()
    except (DatabaseError, InconsistentMigrationHistory) as error:
        reason = " ".join(str(error).split())
        raise UnusableDatabase(
            f"The database cannot be brought up to date: {reason}.{_before(copy)}"
        ) from None
    return copy


def refuse_misshapen(copy: Path | None = None, *, sealed: bool = True) -> None:
    """Raise UnusableDatabase where tables are not those that this program expects."""
    found = [line for lines in misshapen(connection, sealed=sealed).values() for line in lines]
    if found:
        more = f" and {len(found) - 1:,} more, which verify names" if found[1:] else ""
        raise UnusableDatabase(
            f"The database says that it is of this version, but its tables are not: {found[0]}{more}. "
            f"Put a backup back, or install the program that made it.{_before(copy)}"
        )


def _loader() -> MigrationLoader:
    try:
        loader = MigrationLoader(connection)
        tables = connection.introspection.table_names()
    except (DatabaseError, sqlite3.Error) as error:
        reason = " ".join(str(error).split())
        raise UnusableDatabase(f"The database does not answer: {reason}.") from None
    if tables and "core_event" not in tables and "django_migrations" not in tables:
        raise UnusableDatabase("The database belongs to another program.")
    return loader


def _refuse_unknown(loader: MigrationLoader) -> None:
    """Raise UnusableDatabase where steps were taken that this program does not know."""
    last = dict(sorted(loader.disk_migrations))  # of each room
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    newer = [step for step in unknown if step[1][:4] > last.get(step[0], "")[:4]]
    if newer:
        raise UnusableDatabase(
            f"The database was made by a newer version of Kommissorium (it has {'.'.join(newer[-1])}). "
            "Install that version or a newer one."
        )
    if unknown:
        raise UnusableDatabase(
            f"The database is of no release of Kommissorium (it has {'.'.join(unknown[-1])}). "
            "Install the program that made it, or put a backup back."
        )
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as error:
        reason = str(error).removesuffix(".")
        raise UnusableDatabase(
            f"The database is of no release of Kommissorium: {reason}. Put a backup back."
        ) from None


def _copy() -> Path:
    try:
        return make_copy()
    except NoCopy as error:
        raise UnusableDatabase(
            f"The database is older than the program, and no copy of it can be made first: {error} "
            "Make one yourself, then run 'kommissorium upgrade --copied'."
        ) from None


def _before(copy: Path | None) -> str:
    return f" As it was before the upgrade it lies in {copy}." if copy else ""


def refuse_moved() -> None:
    """Raise UnusableDatabase for one that another database goes on from."""
    has_chain = "core_event" in connection.introspection.table_names()
    if has_chain and (event := moved_to()):
        where = json.loads(event.facts)["engine"]
        raise UnusableDatabase(
            f"The database was moved to {where} by event {event.seq}: serve that one (DATABASE_URL)."
        )


def _refuse_damaged() -> None:
    """Raise UnusableDatabase for an incomplete file, as when copying it back was cut short.

    PostgreSQL sees to that itself: it takes a backup in whole or, in one transaction, not at all.
    """
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            (found,) = cursor.fetchone()
    except DatabaseError as error:
        found = str(error)
    if found != "ok":
        reason = " ".join(found.split())[:200]
        raise UnusableDatabase(
            f"The database is damaged: {reason}. Was it copied back in whole? Restore it again."
        )
