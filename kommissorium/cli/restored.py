"""The end of a restore: the database of PostgreSQL, an event, and the check. `commands` is imported first."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from kommissorium.cli.archive import DATABASES, About
from kommissorium.cli.commands import verified
from kommissorium.cli.errors import Trouble
from kommissorium.cli.restore import MARK
from kommissorium.config.database import UnusableDatabase, check_version
from kommissorium.config.database_copy import NoCopy, put_back
from kommissorium.core.evidence.backups import is_restored, note_restore
from kommissorium.core.evidence.chain_check import head


def finish(about: About) -> int:
    """Restore the database where it is PostgreSQL's, note it in the chain and check all."""
    try:
        if connection.vendor == "postgresql":
            _fill(about)
        is_older = check_version()
    except (NoCopy, UnusableDatabase) as error:
        raise Trouble(str(error)) from None
    if is_older:
        _remove_mark()
        print("It is restored, and older than the program: 'kommissorium upgrade', then verify.")
        return 0
    if not _ends_as(about):
        raise Trouble("The chain does not end where the backup says.")
    if not is_restored(about.seq, about.hash):
        note_restore({"seq": about.seq, "hash": about.hash, "made": about.at})
    _remove_mark()
    print(f"It is restored, up to event {about.seq:,}. What was written later is not in it.")
    return verified()


def _fill(about: About) -> None:
    dumped = settings.DATA_DIR / DATABASES["postgresql"]
    if not connection.introspection.table_names():
        put_back(dumped)
    elif check_version() or not _ends_as(about):
        raise Trouble("The database of DATABASE_URL is not empty.")
    dumped.unlink(missing_ok=True)


def _ends_as(about: About) -> bool:
    """Return whether the chain ends where the backup says, or with the event of its restore."""
    return head() == (about.seq, about.hash) or is_restored(about.seq, about.hash)


def _remove_mark() -> None:
    (settings.DATA_DIR / MARK).unlink(missing_ok=True)
