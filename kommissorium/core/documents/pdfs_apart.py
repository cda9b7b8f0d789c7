"""Opens and binds untrusted PDFs in a limited process (binding_program)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from kommissorium.core.documents.process_limits import ORDER, RESULT
from kommissorium.core.documents.subprocess_runner import Failed, Stopped, answer_of

PROGRAM: Final = "kommissorium.core.documents.binding_program"
LOOK_SECONDS: Final = 25
MAKE_SECONDS: Final = 90

type Source = bytes | Path


class CannotBind(ValueError):
    """The file is locked, damaged or more than its process may take."""


def wide_pages(source: Source) -> list[bool]:
    """Return for each page of a PDF whether a reader sees it wide. Raises CannotBind, Busy."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        told = answer_of(PROGRAM, "look", data=data, seconds=LOOK_SECONDS)
    except (Stopped, Failed) as error:
        raise CannotBind from error
    if "wide" not in told:
        raise CannotBind(told.get("refused"))
    return [bool(wide) for wide in told["wide"]]


def bound(
    paper: bytes, sources: Sequence[Source], frames: Sequence[tuple[int, Sequence[float]]]
) -> bytes:
    """Return the paper with every page of the PDFs in its frame: a page from 0, and a box.

    Raises CannotBind where all of them together are too much, and Busy.
    """
    with TemporaryDirectory(prefix="kommissorium-") as name:
        folder = Path(name)
        names = [f"{number}.pdf" for number in range(len(sources))]
        for source, file in zip(sources, names, strict=True):
            lay(source, folder / file)
        (folder / RESULT).write_bytes(paper)
        order = {"files": names, "frames": [[page, *box] for page, box in frames]}
        try:
            told_in(folder, order, PROGRAM, opens=True)
        except (Stopped, Failed) as error:
            raise CannotBind from error
        return (folder / RESULT).read_bytes()


def told_in(folder: Path, order: Mapping[str, Any], program: str, *, opens: bool) -> dict[str, Any]:
    """Run a program on the order in the folder, and return its answer.

    One that opens no file of others waits for nobody. Raises Stopped, Failed, Busy.
    """
    (folder / ORDER).write_text(json.dumps(order), encoding="utf-8")
    return answer_of(program, str(folder), seconds=MAKE_SECONDS, opens=opens)


def lay(source: Source, place: Path) -> None:
    """Put a file into the folder: its bytes, or a link to its place.

    Raises OSError when the disk has lost it.
    """
    if isinstance(source, bytes):
        place.write_bytes(source)
    else:
        place.symlink_to(source.resolve(strict=True))
