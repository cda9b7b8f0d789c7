"""The sub-command that brings a database up to date, or says what it would do."""

from __future__ import annotations

from kommissorium import __version__
from kommissorium.cli.errors import Trouble
from kommissorium.config.database import (
    UnusableDatabase,
    check_version,
    migrate,
    refuse_misshapen,
    steps,
)
from kommissorium.config.database_copy import why_no_copy
from kommissorium.config.releases import release_of


def upgrade(*, only_check: bool, copied: bool) -> int:
    """Bring the database up to date, its copy made first."""
    try:
        if not check_version():
            refuse_misshapen()
            print(f"The database is of this version ({__version__}). There is nothing to do.")
            return 0
        applied, to_come = steps()
        if not applied:
            raise Trouble("The database is empty. Run 'kommissorium init' first.")
        _print_plan(release_of(applied), to_come, copied=copied)
        if only_check:
            return 0
        copy = migrate(copied=copied)
    except UnusableDatabase as error:
        raise Trouble(str(error)) from None
    if copy:
        print(f"As it was before it lies in {copy}: remove it when all is well.")
    print("The database is up to date. Check it with: kommissorium verify")
    return 0


def _print_plan(release: str, to_come: list[tuple[str, str]], *, copied: bool) -> None:
    print(f"The database is of {release or 'no release'}, the program is {__version__}.")
    if not copied:
        lacks = why_no_copy()
        print(f"No copy can be made: {lacks}" if lacks else "A copy of it is made first.")
    print("Steps to be taken:" if to_come[1:] else "One step is to be taken:")
    print("\n".join(f"  {room}.{name}" for room, name in to_come), flush=True)
