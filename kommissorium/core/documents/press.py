"""Sets one document with Typst, in whatever process; leaves out what cannot be set."""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import typst

from kommissorium.core.richtext import printable, shows

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", ""})
SQUARE = "\N{WHITE SQUARE}"
_COMPLAINT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NOT_LATIN = re.compile(
    "[^\x00-\x7e\xa0-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac\u25a1]"
)


class Scripts(Enum):
    """The letters to let through, from all to the fewest."""

    ALL = "all"
    LEFT_TO_RIGHT = "left to right"
    LATIN = "latin"


def printable_data(value: Any) -> Any:
    """Return the data with every text in it printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: printable_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable_data(inner) for inner in value]
    return value


def undisplayable(diagnostic: str) -> frozenset[str]:
    """Return the texts that the typesetter says no font can show."""
    found = (
        _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        for text in _COMPLAINT.findall(diagnostic)
    )
    return frozenset(text for text in found if text and not text.isascii())


def legible(json_text: str, missing: frozenset[str], scripts: Scripts) -> str:
    """Return JSON with undisplayable characters as a square, or removed if invisible anyway.

    Missing are these texts, and all letters outside `scripts`.
    """
    if missing:
        longest_first = sorted(missing, key=len, reverse=True)
        pattern = re.compile("|".join(re.escape(text) for text in longest_first))
        json_text = pattern.sub(lambda match: _stand_in(match[0]), json_text)
    if scripts is Scripts.ALL:
        return json_text
    is_kept = _is_latin if scripts is Scripts.LATIN else _is_left_to_right
    return "".join(c if is_kept(c) else _stand_in(c) for c in json_text)


def _is_latin(character: str) -> bool:
    return not _NOT_LATIN.match(character)


def _is_left_to_right(character: str) -> bool:
    return unicodedata.bidirectional(character) not in RIGHT_TO_LEFT


def _stand_in(text: str) -> str:
    return SQUARE if shows(text) else ""


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
