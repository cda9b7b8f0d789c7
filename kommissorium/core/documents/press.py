"""Sets one document with Typst, in the calling process; leaves out what cannot be set."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from kommissorium.core.documents.font_coverage import Scripts, legible, undisplayable

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
MOST_ATTEMPTS = 8


class DocumentError(RuntimeError):
    """The document could not be typeset: the template does not fit its data."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A typeset document and the values of its labelled `metadata`, by label."""

    pdf: bytes
    marks: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Press:
    """One template ready to be set; `folder` is all of the disk that it can read."""

    folder: Path
    template: str
    data: str
    made_at: int
    standards: Sequence[str]
    marks: Sequence[str]

    def insist(self) -> Typeset:
        """Set the text; leave out what the typesetter rejects until it can be set."""
        missing: frozenset[str] = frozenset()
        scripts = list(Scripts)
        for _attempt in range(MOST_ATTEMPTS):
            try:
                return self._set(legible(self.data, missing, scripts[0]))
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
        return self._set(legible(self.data, missing, Scripts.LATIN))

    def _set(self, data: str) -> Typeset:
        compiler = self._compiler(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", typst.TypstWarning)
            pdf = compiler.compile(
                format="pdf",
                pdf_standards=list(self.standards),  # type: ignore[arg-type]
                pdf_tags=bool(self.standards),
                timestamp=self.made_at,
            )
            marks = {m: json.loads(compiler.query(f"<{m}>", field="value")) for m in self.marks}
        if not isinstance(pdf, bytes):
            raise DocumentError("the typesetter gave no PDF")
        return Typeset(pdf, marks)

    def _compiler(self, data: str) -> typst.Compiler:
        (self.folder / "data.json").write_text(data, encoding="utf-8")
        return typst.Compiler(
            self.folder / self.template,
            root=self.folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
