"""The built-in terms of reference, as a start to adapt."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

_FOLDER: Final = Path(__file__).resolve().parent.parent / "mandate_texts"


def builtin(language: Literal["da", "en"]) -> str:
    """Return the text of the built-in terms of reference, as Markdown.

    Raises KeyError for a language there is none in.
    """
    names = {"da": "da.md", "en": "en.md"}
    return (_FOLDER / names[language]).read_text(encoding="utf-8")
