"""Packs kept as files: each version is made once, whoever asks, and goes when it is outdated.

They lie in the data folder by meeting. The name holds the hash of all that the pack says, so that
a pack that has changed is another file, and the hash of the file, so that none is handed out that
somebody else wrote.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Final

from django.conf import settings

import kommissorium
from kommissorium.core.documents.subprocess_runner import Busy, locked, slot
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.files.actions import write_file
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.pack import Pack, pack_json
from kommissorium.meetings.pack_builder import EDITIONS, edition_of

PACKAGE: Final = Path(kommissorium.__file__).parent
WRITERS: Final = ("core/documents", "core/richtext", "meetings/pack", "meetings/locale")
PATIENCE_SECONDS: Final = 20  # less than the proxies in front of us have
KEPT_SECONDS: Final = 7 * 24 * 60 * 60

logger = logging.getLogger("kommissorium.packs")


class BeingMade(Exception):
    """The pack is being made, or must wait for other documents (`queued`)."""

    def __init__(self, *, queued: bool) -> None:
        super().__init__()
        self.queued = queued


def kept_pack(meeting: Meeting, form: str, *, with_closed: bool) -> Path:
    """Return the file of the pack as it is now, in the active language; made if need be.

    What takes long is made on while the reader is told to ask again: raises BeingMade.
    """
    pack = edition_of(meeting, with_closed=with_closed)
    edition = f"{form}-{'all' if with_closed else 'open'}-{pack.language}"
    version = _folder() / str(meeting.pk) / f"{edition}-{_version(pack)}"
    if kept := _found(version):
        return kept
    making = _Making(pack, form, version, edition)
    making.start()
    making.join(PATIENCE_SECONDS)
    if making.error:
        raise making.error
    if making.kept is None:
        raise BeingMade(queued=False)
    return making.kept


def forget_kept_packs() -> None:
    """Remove the packs that nobody has asked for in a week."""
    for file in _folder().glob("*/*"):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time.time() - KEPT_SECONDS:
                file.unlink()


class _Making(Thread):
    """Makes a pack unless somebody does; `kept` is its file, `error` what came in between.

    Asks no database.
    """

    def __init__(self, pack: Pack, form: str, version: Path, edition: str) -> None:
        super().__init__(daemon=True)
        self._pack, self._form, self._version, self._edition = pack, form, version, edition
        self.kept: Path | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with locked(self._version.with_name(f"{self._edition}.lock")):
                self.kept = _found(self._version) or self._make()
        except Busy:
            self.error = BeingMade(queued=False)
        except BeingMade as waits:
            self.error = waits
        except Exception as error:
            logger.exception("a pack could not be made")
            self.error = error

    def _make(self) -> Path:
        try:
            with slot(wait=0):
                data = EDITIONS[self._form].write(self._pack)
        except Busy:
            raise BeingMade(queued=True) from None
        kept = self._version.with_name(f"{self._version.name}-{sha256(data)}")
        write_file(kept, data)
        for file in kept.parent.glob(f"{self._edition}-*"):
            if file != kept:
                file.unlink(missing_ok=True)
        return kept


def _found(version: Path) -> Path | None:
    """Return the version's file if it is as it was made, and note that it was asked for."""
    for kept in version.parent.glob(f"{version.name}-*"):
        with suppress(FileNotFoundError), kept.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == kept.name.rpartition("-")[2]:
                os.utime(kept, times=(time.time(), time.time()))
                return kept
            logger.error("a kept pack was not as it was made: %s", kept.name)
    return None


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
