"""Bring the database up to this program's version."""

from __future__ import annotations

import sqlite3

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from kommissorium.core.evidence.sealing import seal_other_columns

# What every database had that was made before the first release: its migrations are gone.
BEFORE_THE_FIRST_RELEASE = ("core", "0001_initial")


class UnusableDatabase(Exception):
    """The database cannot be used; the message says why in one sentence."""


def check_version() -> bool:
    """Return whether the database is empty or of this version or an older one.

    Raises UnusableDatabase for a newer one, one of before the first release, one that is not
    ours and one that does not answer.
    """
    try:
        loader = MigrationLoader(connection)
        tables = connection.introspection.table_names()
    except (DatabaseError, sqlite3.Error) as error:
        reason = " ".join(str(error).split())
        raise UnusableDatabase(f"The database does not answer: {reason}.") from None
    if BEFORE_THE_FIRST_RELEASE in loader.applied_migrations:
        raise UnusableDatabase(
            "The database was made before 0.1.0, the first release of Kommissorium, and cannot be "
            "carried on. Begin with an empty one."
        )
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if unknown:
        name = ".".join(unknown[-1])
        raise UnusableDatabase(
            f"The database was made by another version of Kommissorium (it has {name}). "
            "Install that version or a newer one."
        )
    if tables and "core_event" not in tables and "django_migrations" not in tables:
        raise UnusableDatabase("The database belongs to another program.")
    return bool(set(loader.disk_migrations) - set(loader.applied_migrations))


def migrate() -> None:
    """Migrate the database, its seals too.

    Raises UnusableDatabase as check_version does, and for a damaged one.
    """
    is_older = check_version()
    _refuse_damaged()
    try:
        if is_older:
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        else:
            seal_other_columns()
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise UnusableDatabase(f"The database cannot be brought up to date: {reason}.") from None


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
