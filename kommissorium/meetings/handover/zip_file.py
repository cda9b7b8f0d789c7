"""Writes the .zip of a meeting for the records system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from kommissorium.core.documents.handover import write_files
from kommissorium.meetings.handover.description import metadata_of, readme_of
from kommissorium.meetings.handover.model import Handover


def write_zip(handover: Handover, out: IO[bytes]) -> None:
    """Write what is handed over of a meeting, with what is said of it, into a .zip."""

    def described(paths: Sequence[str]) -> tuple[str, dict[str, Any]]:
        return readme_of(handover, paths), metadata_of(handover, paths)

    write_files(handover.files, handover.starts_at, described, out)
