"""Typesets PDF with Typst: a template of ours, and data that is never read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

from kommissorium.core.documents.attachment_names import safe_media_type, unique_names
from kommissorium.core.documents.pdfs_apart import lay, told_in
from kommissorium.core.documents.press import DocumentError, Press, Typeset, printable_data
from kommissorium.core.documents.process_limits import RESULT
from kommissorium.core.documents.subprocess_runner import Failed, Stopped

__all__ = ["DocumentError", "EmbeddedFile", "Typeset", "render_pdf", "typeset"]

HERE = Path(__file__).resolve().parent
PROGRAM = "kommissorium.core.documents.pressing_program"
EMBEDDING = "kommissorium.core.documents.embedding_program"
AT_ONCE = 2
ACCESSIBLE = ["a-2a", "ua-1"]
ACCESSIBLE_WITH_FILES = ["a-3a", "ua-1"]


class _Presses:
    """The processes that set documents for this one, where it is one that stays."""

    apart = False
    free = BoundedSemaphore(AT_ONCE)


def keep_apart() -> None:
    """Set every document in a process of its own from here on, which takes its memory along.

    The typesetter keeps what it made of the last documents: hundreds of megabytes for a pack to
    print. For a process that ends by itself that costs nothing, and it is quicker.
    """
    _Presses.apart = True


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file to embed in the PDF. `relationship` is a word of PDF/A-3, such as "supplement".

    One that `is_ours` was made by the program, is small, and has a name in ASCII.
    """

    name: str
    media_type: str
    description: str
    data: bytes | Path = field(repr=False)  # or where it lies on the disk
    relationship: str = "supplement"
    is_ours: bool = False


def render_pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    made_at: datetime,
    attachments: Sequence[EmbeddedFile] = (),
) -> bytes:
    """Return the document as tagged PDF/UA-1 and PDF/A-2a, or PDF/A-3a with files attached.

    `template` is a .typ file that imports kit.typ and reads data.json; `data["sheet"]` is what
    kit.typ's `framed` asks for. The same data, `made_at` (aware) and files give the same bytes.
    Characters none of our fonts has are shown as a square. Raises DocumentError.
    """
    standards = ACCESSIBLE_WITH_FILES if attachments else ACCESSIBLE
    return typeset(template, data, made_at, standards=standards, attachments=attachments).pdf


def typeset(
    template: Path,
    data: Mapping[str, Any],
    made_at: datetime,
    *,
    standards: Sequence[str] = (),
    attachments: Sequence[EmbeddedFile] = (),
    marks: Sequence[str] = (),
) -> Typeset:
    """Return the document typeset to these standards, untagged if there are none.

    `marks` are labels of `metadata` in the template whose values are wanted.
    Raises DocumentError.
    """
    given = {**printable_data(data), "files": _file_rows(attachments)}
    text = json.dumps(given, ensure_ascii=False)
    with TemporaryDirectory(prefix="kommissorium-") as folder:
        _lay_out([template, HERE / "kit.typ"], attachments, Path(folder))
        moment = int(made_at.timestamp())
        press = Press(Path(folder), template.name, text, moment, tuple(standards), tuple(marks))
        if not all(file.is_ours for file in attachments):  # by people: they can be many and large
            return _pressed_apart(press, EMBEDDING)
        if not _Presses.apart:
            return press.insist()
        with _Presses.free:
            return _pressed_apart(press, PROGRAM)


def _pressed_apart(press: Press, program: str) -> Typeset:
    """Set it in a process of its own."""
    names = ("template", "data", "made_at", "standards", "marks")
    order = {name: getattr(press, name) for name in names}
    try:
        told = told_in(press.folder, order, program, opens=False)
    except (Stopped, Failed) as error:
        raise DocumentError("the files are more than can be put into one document") from error
    if "error" in told:
        raise DocumentError(told["error"])
    return Typeset((press.folder / RESULT).read_bytes(), told["marks"])


def _lay_out(sources: Sequence[Path], attachments: Sequence[EmbeddedFile], folder: Path) -> None:
    for source in sources:
        (folder / source.name).write_bytes(source.read_bytes())
    for number, file in enumerate(attachments):
        lay(file.data, folder / str(number))


def _file_rows(attachments: Sequence[EmbeddedFile]) -> list[dict[str, str]]:
    names = unique_names(file.name for file in attachments)
    return [
        {
            "name": name,
            "path": str(number),
            "media_type": safe_media_type(file.media_type),
            "description": file.description,
            "relationship": file.relationship,
        }
        for number, (name, file) in enumerate(zip(names, attachments, strict=True))
    ]
