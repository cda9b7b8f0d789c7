"""Typesets PDF with Typst: a template of ours, and data that is never read as markup."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from kommissorium.core.documents.attachment_names import safe_media_type, unique_names
from kommissorium.core.documents.font_coverage import (
    Scripts,
    legible,
    printable_data,
    undisplayable,
)

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
ACCESSIBLE = ["a-2a", "ua-1"]
ACCESSIBLE_WITH_FILES = ["a-3a", "ua-1"]
MOST_ATTEMPTS = 8


class DocumentError(RuntimeError):
    """The document could not be typeset: the template does not fit its data."""


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file to lie inside the PDF. `relationship` is a word of PDF/A-3, as "supplement"."""

    name: str
    media_type: str
    description: str
    data: bytes = field(repr=False)
    relationship: str = "supplement"


@dataclass(frozen=True, slots=True)
class Typeset:
    """A typeset document and the values of its labelled `metadata`, by label."""

    pdf: bytes
    marks: Mapping[str, Sequence[Any]]


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
        press = _Press(template, Path(folder), made_at, standards, marks)
        return _insist(press, text)


def _insist(press: _Press, text: str) -> Typeset:
    """Set the text; whatever the typesetter balks at is left out until it can be set."""
    missing: frozenset[str] = frozenset()
    scripts = list(Scripts)
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return press.set(legible(text, missing, scripts[0]))
        except typst.TypstError as error:
            found = undisplayable(error.diagnostic) - missing
            if not found:
                raise DocumentError(error.diagnostic or str(error)) from error
            missing |= found
        except BaseException as error:
            # Some right-to-left text makes the typesetter's own code fail, as no Exception.
            if type(error).__name__ != "PanicException" or len(scripts) == 1:
                raise
            del scripts[0]
    return press.set(legible(text, missing, Scripts.LATIN))


@dataclass(frozen=True, slots=True)
class _Press:
    """One template ready to be set; `folder` is all of the disk that it can read."""

    template: Path
    folder: Path
    made_at: datetime
    standards: Sequence[str]
    marks: Sequence[str]

    def set(self, data: str) -> Typeset:
        compiler = self._compiler(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", typst.TypstWarning)
            pdf = compiler.compile(
                format="pdf",
                pdf_standards=list(self.standards),  # type: ignore[arg-type]
                pdf_tags=bool(self.standards),
                timestamp=int(self.made_at.timestamp()),
            )
            marks = {m: json.loads(compiler.query(f"<{m}>", field="value")) for m in self.marks}
        if not isinstance(pdf, bytes):
            raise DocumentError("the typesetter gave no PDF")
        return Typeset(pdf, marks)

    def _compiler(self, data: str) -> typst.Compiler:
        (self.folder / "data.json").write_text(data, encoding="utf-8")
        return typst.Compiler(
            self.folder / self.template.name,
            root=self.folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _lay_out(sources: Sequence[Path], attachments: Sequence[EmbeddedFile], folder: Path) -> None:
    for source in sources:
        (folder / source.name).write_bytes(source.read_bytes())
    for number, file in enumerate(attachments):
        (folder / str(number)).write_bytes(file.data)


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
