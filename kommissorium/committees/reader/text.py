"""Cleans characters, and joins words split at a line end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


_LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_REPLACED: Final = str.maketrans(
    {
        **_LIGATURES,
        "\u2010": "-",
        "\u2011": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x85": "\n",
        "\x0b": "\n",
        "\ufeff": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
    }
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES: Final = re.compile(r"[^\S\n\t\f ]")
_PLACEHOLDER: Final = re.compile(
    r"(?<!\w)(?:[xX]{3,}|_{3,}|\.{4,}|…{2,}|\[(?:…|\.\.\.|[xX_ ]{1,40})\])(?!\w)"
)
_SPLIT_IN_LINE: Final = re.compile(r"(?<=[^\W\d_]{3}-) +(?=[^\W\d_])")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

# After these a hyphen stands for the rest of a compound: "beredskabs- og nødplaner".
_CONJUNCTIONS: Final = words(
    "og eller samt and or och samt til till to men but respektive resp henholdsvis "
    "hhv såvel som både mellem mellan mellom og/eller and/or och/eller under via"
)
_KEEPING_PREFIXES: Final = words(
    "it ikt ict e non self cross well third high long short half year two three six twelve"
)
_KEEPING_ENDS: Final = words(
    "based related wide driven specific level party year month yearly monthly annual annually"
)


def normalise(text: str) -> str:
    """Return the text with one kind of line end and space, composed letters and no controls."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACES.sub(" ", _CONTROL.sub("", text.translate(_REPLACED)))


def with_placeholders(text: str) -> str:
    """Return the text with rows of x's, underscores or dots shown as one ellipsis."""
    return _PLACEHOLDER.sub("…", text)


def squeezed(text: str) -> str:
    """Return the text on one line with single spaces."""
    return " ".join(text.split())


class Joiner:
    """Joins lines of one text; the words of that text decide what a hyphen at a line end was."""

    def __init__(self, text: str) -> None:
        self._words = frozenset(word.lower() for word in _WORD.findall(text))

    def join(self, left: str, right: str) -> str:
        """Return two lines as one, a split word healed."""
        left, right = left.rstrip(), right.lstrip()
        if not left or not right:
            return left + right
        if left.endswith("\u00ad"):
            return left[:-1] + right
        if not (left.endswith("-") and len(left) > 1 and left[-2].isalnum()):
            return f"{left} {right}"
        return self._healed(left, right)

    def heal(self, line: str) -> str:
        """Return one line, words healed that were split at an earlier line end."""
        line = squeezed(line.replace("\u00ad ", "").replace("\u00ad", ""))
        parts = _SPLIT_IN_LINE.split(line)
        healed = parts[0]
        for part in parts[1:]:
            healed = self._healed(healed, part)
        return healed

    def _healed(self, left: str, right: str) -> str:
        first = right.split(None, 1)[0].lower().strip(".,;:()")
        if first in _CONJUNCTIONS or not right[0].isalpha():
            return f"{left} {right}"
        stem = re.split(r"[\s/(]", left[-60:])[-1][:-1]
        return left + right if self._keeps(stem, first, right) else left[:-1] + right

    def _keeps(self, stem: str, first: str, right: str) -> bool:
        if right[0].isupper() or stem[1:] != stem[1:].lower() or stem[-1:].isdigit():
            return True
        whole = f"{stem.lower()}-{first}"
        if whole in self._words:
            return True
        if f"{stem.lower()}{first}" in self._words:
            return False
        return stem.lower() in _KEEPING_PREFIXES or first in _KEEPING_ENDS

    def join_all(self, lines: Sequence[str]) -> str:
        """Return lines as one text, split words healed, single spaces."""
        parts: list[str] = []
        for line in map(self.heal, lines):
            if not line:
                continue
            if parts:
                tail, _, last = parts[-1].rpartition(" ")
                joined = self.join(last, line)
                parts[-1] = f"{tail} " if tail else ""
                parts.append(joined)
            else:
                parts.append(line)
        return squeezed("".join(parts))
