"""Packs kept as files: each version is made once, whoever asks, and goes when it is outdated.

They lie in the data folder by meeting. The name holds the hash of all that the pack says, so that
a pack that has changed is another file.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

import kommissorium
from kommissorium.core.documents.slots import Busy, locked, slot
from kommissorium.core.files.actions import write_file
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.pack import Pack, pack_json
from kommissorium.meetings.pack_builder import EDITIONS, edition_of

PACKAGE: Final = Path(kommissorium.__file__).parent
WRITERS: Final = ("core/documents", "core/richtext", "meetings/pack", "meetings/locale")
KEPT_SECONDS: Final = 7 * 24 * 60 * 60


class BeingMade(Exception):
    """The pack is being made for somebody else, or must wait for other documents (`queued`)."""

    def __init__(self, *, queued: bool) -> None:
        super().__init__()
        self.queued = queued


def kept_pack(meeting: Meeting, form: str, *, with_closed: bool) -> Path:
    """Return the file of the pack as it is now, in the active language; made if need be.

    Nobody waits here for anybody: raises BeingMade.
    """
    pack = edition_of(meeting, with_closed=with_closed)
    edition = f"{form}-{'all' if with_closed else 'open'}-{pack.language}"
    kept = _folder() / str(meeting.pk) / f"{edition}-{_version(pack)}"
    if _is_there(kept):
        return kept
    try:
        with locked(kept.with_name(f"{edition}.lock")):
            return kept if _is_there(kept) else _made(pack, form, kept, edition)
    except Busy:
        raise BeingMade(queued=False) from None


def forget_kept_packs() -> None:
    """Remove the packs that nobody has asked for in a week."""
    for file in _folder().glob("*/*"):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time.time() - KEPT_SECONDS:
                file.unlink()


def _made(pack: Pack, form: str, kept: Path, edition: str) -> Path:
    try:
        with slot(wait=0):
            data = EDITIONS[form].write(pack)
    except Busy:
        raise BeingMade(queued=True) from None
    write_file(kept, data)
    for file in kept.parent.glob(f"{edition}-*"):
        if file != kept:
            file.unlink(missing_ok=True)
    return kept


def _is_there(kept: Path) -> bool:
    """Return whether it is there, and note that it was asked for."""
    try:
        os.utime(kept)
    except FileNotFoundError:
        return False
    return True


def _version(pack: Pack) -> str:
    """Return the hash of all that the pack says, but for when it was put together."""
    said = {**pack_json(pack), "made_at": "", "program": _program()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@cache
def _program() -> int:
    """Return when what writes packs last changed: another program makes them anew."""
    written = (file for part in WRITERS for file in (PACKAGE / part).rglob("*.*"))
    return max(file.stat().st_mtime_ns for file in written)


def _folder() -> Path:
    folder: Path = settings.FILES_DIR.with_name("packs")
    return folder
