"""The sub-command that restores a backup into an empty folder, and on PostgreSQL an empty database.

`unpacked` needs no Django; what follows does. While it goes on a mark lies in the folder: nobody
serves it, and run again it begins anew.
"""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pathlib import Path

from kommissorium.cli.archive import ANCHORS, DATABASES, About, unpack
from kommissorium.cli.errors import Trouble
from kommissorium.core.signing_key import FILE, VARIABLE, read_key, sync_folder, write_key

MARK = "restoring"


def restore(
    source: Path, folder: Path, *, key: Path | None, identity: Path | None, dry_run: bool
) -> int:
    """Put a backup back and check it."""
    if not key and not os.environ.get(VARIABLE):
        raise Trouble("Give --key, the file in which secret.key was kept apart.")
    _refuse_full(folder)
    if dry_run:
        _tell(_fitting(unpack(source, identity, None)))
        print(f"It is whole, and would be put into {folder}.")
        return 0
    about = _unpacked(source, folder, key, identity)
    os.environ["KOMMISSORIUM_DATA"] = str(folder.resolve())
    import_module("kommissorium.cli.commands")
    return int(import_module("kommissorium.cli.restored").finish(about))


def _tell(about: About) -> None:
    print(
        f"A backup of {about.at} by version {about.version}: "
        f"up to event {about.seq:,}, {about.files:,} files.",
        flush=True,
    )


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise Trouble(f"{folder} is not empty. A backup is restored into an empty folder.")


def _fitting(about: About) -> About:
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("sqlite"):
        raise Trouble("A backup is restored without DATABASE_URL, or with one of PostgreSQL.")
    if about.engine != ("postgresql" if url else "sqlite"):
        raise Trouble(
            f"The backup is of {about.engine}: restore it there"
            + (", without DATABASE_URL." if url else ", with DATABASE_URL.")
        )
    return about


def _unpacked(source: Path, folder: Path, key: Path | None, identity: Path | None) -> About:
    """Unpack all into the folder; the mark stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / MARK).touch()
        shutil.rmtree(folder / "files", ignore_errors=True)
        for name in (*DATABASES.values(), ANCHORS, FILE):
            (folder / name).unlink(missing_ok=True)
        about = _fitting(unpack(source, identity, folder))
        _tell(about)
        if key:
            write_key(folder / FILE, key.read_text("ascii").strip())
        read_key(folder)
        os.sync()
        sync_folder(folder)
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{folder} cannot be filled: {error}.") from None
    return about
