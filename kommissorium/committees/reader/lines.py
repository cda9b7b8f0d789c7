"""Reads the lines of a text: list marks, table cells, indentation, and split headings."""
# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kommissorium.committees.reader.headings import heading_kind, is_table_head
from kommissorium.committees.reader.roles import role_of
from kommissorium.committees.reader.text import Joiner, squeezed, with_placeholders

_BULLET: Final = re.compile(
    r"[\u2022\u00b7\u2023\u2043\u2219\u25aa\u25ab\u25b6\u25ba\u25b8\u25cf\u25cb\u25e6\u25a0\u25a1"
    r"\u2013\u2014\u2212\u2756\u2794\u27a2\u2713\u2714\u204c\u204d*+\-\u00a7\u00d8\u00fc]\s+|"
    r"[\u2022\u2023\u2043\u2219\u25aa\u25cf\u25e6\u25a0\ue000-\uf8ff]\s*|o\s+(?=[^\W\d_])"
)
_NUMBER: Final = re.compile(
    r"§+ ?\d{1,3}(?:\.\d{1,3})*[.:)]?\s*|"
    r"\d{1,3} ?§\s+|"
    r"[Ss]tk\. ?\d{1,2}[.:)]?\s+|"
    r"(?:[Pp]kt\.|[Pp]unkt|[Ii]tem) ?\d{1,2}[.:)]\s+|"
    r"\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]\s+(?=\S)|"
    r"\d{1,2}(?:\.\d{1,2}){1,4}\s+(?=\S)|"
    r"\(?[a-zæøåäö][.)]\s+(?=\S)|"
    r"\(?[ivx]{1,5}[.)]\s+(?=\S)|"
    r"[A-ZÆØÅ]\d{0,2}[.)]\s+(?=\S)|"
    r"[MRTKA]\d{1,2}[.:)]?\s+(?=\S)"
)
_ONLY_NUMBER: Final = re.compile(r"(?:§+ ?)?\d{1,3}(?:\.\d{1,3})*[.:)]?|[Ss]tk\. ?\d{1,2}\.?")
_BARE_NUMBER: Final = re.compile(r"\d{1,2}\s+(?=[A-ZÆØÅÄÖ])")
_TABBED_MARK: Final = re.compile(
    r"^([^\w\s|]|(?:§ ?)?\d{1,2}(?:\.\d{1,2})*[.)]?|\(?[a-zæøå][.)])[ \t]*\t[ \t]*(?!.*\t)"
)
_HASHES: Final = re.compile(r"#{1,6}\s+")
_RULE: Final = re.compile(r"[\s|:+=*~-]*")
_COLUMN: Final = re.compile(r"\S+(?: \S+)*")
_BOLD: Final = re.compile(r"\*\*|__")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its text without mark, and what the mark and the space around it tell.

    `style` is the class of the mark: "" for none, "bullet", "§", "stk", "1", "1.1" and deeper,
    "a" or "A".
    `cells` are the columns of a table row. `titled` is a line written as a heading, `level` the
    number of its #.
    """

    text: str
    style: str = ""
    mark: str = ""
    indent: int = 0
    after_blank: bool = False
    cells: tuple[str, ...] = ()
    titled: bool = False
    level: int = 0
    width: int = 0
    raw: str = ""


def read_lines(text: str) -> list[TextLine]:
    """Return the lines that are not empty, in order."""
    lines: list[TextLine] = []
    blank = True
    raw_lines = _with_columns(_with_bars(text.replace("\f", "\n\n").split("\n")))
    for place, raw in enumerate(raw_lines):
        following = raw_lines[place + 1] if place + 1 < len(raw_lines) else ""
        line = _line(raw, following, blank)
        blank = line is None and (blank or not raw.strip() or "|" not in raw)
        if line is not None:
            lines.append(line)
    return _with_lone_marks(lines)


def _with_bars(raw_lines: list[str]) -> list[str]:
    """Open and close the rows of a table that has bars between its cells alone."""
    counts = [0, *(0 if "||" in raw else raw.strip("| ").count(" | ") for raw in raw_lines), 0]
    return [
        f"| {raw.strip('| ')} |"
        if counts[place] and counts[place] in (counts[place - 1], counts[place + 1])
        else raw
        for place, raw in enumerate(raw_lines, 1)
    ]


def _with_columns(raw_lines: list[str]) -> list[str]:
    """Separate by bars the cells of a table that stands in columns of spaces under a head."""
    starts: list[int] = []
    parted: list[str] = []
    for raw in raw_lines:
        if "\t" in raw.strip():  # the cells are parted already
            starts = []
            parted.append(raw)
            continue
        cells = [(found.start(), found.group()) for found in _COLUMN.finditer(raw[:400])]
        if len(cells) > 1 and is_table_head([text for _start, text in cells]):
            starts = [start for start, _text in cells]
        elif len(cells) < 2 or raw.lstrip().startswith("|"):
            starts = starts if raw.strip() and _is_cell(raw, starts) else []
        alone = [start for start, _text in cells] if _is_row_with_role(cells) else []
        parted.append(_in_columns(cells, starts or alone) if starts or alone else raw)
    return parted


def _is_row_with_role(cells: list[tuple[int, str]]) -> bool:
    """Return whether spaces separate a function from a role after it: "Head of IT      Member"."""
    if not 1 < len(cells) < 6 or cells[0][1].endswith((".", ":")):
        return False
    gap = cells[1][0] - cells[0][0] - len(cells[0][1])
    return gap > 2 and any(role_of(text) for _start, text in cells[1:])


def _is_cell(raw: str, starts: list[int]) -> bool:
    """Return whether a line with one piece of text is a row whose other cells are empty."""
    lead = len(raw) - len(raw.lstrip())
    return (
        bool(starts)
        and len(raw) < 80
        and not raw.rstrip().endswith((".", ":"))
        and (lead == starts[0] or any(abs(lead - start) < 3 for start in starts))
    )


def _in_columns(cells: list[tuple[int, str]], starts: list[int]) -> str:
    row = [""] * len(starts)
    for place, text in cells:
        column = max((at for at, start in enumerate(starts) if start <= place + 2), default=0)
        row[column] = f"{row[column]} {text.replace('|', '/')}".strip()
    return "| " + " | ".join(row) + " |"


def _line(raw: str, following: str, blank: bool) -> TextLine | None:
    stripped = raw.strip()
    if not stripped or (len(stripped) > 2 and _is_rule(stripped)):
        return None
    stripped = _TABBED_MARK.sub(r"\1 ", stripped.lstrip("> ") or stripped)
    if stripped.startswith("|") or "\t" in stripped:
        cells = _cells(stripped)
        if len(cells) > 1:
            return TextLine(" – ".join(filter(None, cells)), after_blank=blank, cells=cells)
    titled = _titled(stripped, following)
    bold_free = _BOLD.sub("", _HASHES.sub("", stripped, count=1)) or stripped
    mark, style = list_mark(bold_free)
    rest = with_placeholders(squeezed(bold_free[len(mark) :]))
    indent = len(raw) - len(raw.lstrip())
    spaced = with_placeholders(bold_free[len(mark) :])
    return TextLine(
        rest,
        style,
        mark.strip(),
        indent,
        after_blank=blank,
        titled=titled,
        level=len(stripped) - len(stripped.lstrip("#")),
        width=len(raw.rstrip()),
        raw=spaced,
    )


def _is_rule(stripped: str) -> bool:
    return not any(character.isalnum() for character in stripped) and bool(
        _RULE.fullmatch(stripped)
    )


def _titled(stripped: str, following: str) -> bool:
    if _HASHES.match(stripped):
        return True
    under = following.strip()
    if len(under) >= 3 and under[0] in "=-" and not under.strip(under[0]):
        return True
    whole = stripped.rstrip(":")
    return len(whole) < 100 and whole.startswith("**") and whole.endswith("**") and len(whole) > 4


def _cells(stripped: str) -> tuple[str, ...]:
    parts = stripped.strip("|").split("|") if stripped.startswith("|") else stripped.split("\t")
    cells = tuple(with_placeholders(squeezed(_BOLD.sub("", part))) for part in parts)
    return cells if stripped.startswith("|") or all(cells[:1]) else ()


def list_mark(text: str) -> tuple[str, str]:
    """Return the mark that opens a line, spaces included, and its class."""
    number = _NUMBER.match(text) or _ONLY_NUMBER.fullmatch(text)
    if number:
        return number.group(), _style(number.group().strip())
    bullet = _BULLET.match(text)
    if bullet:
        return bullet.group(), "bullet"
    bare = _BARE_NUMBER.match(text)
    return (bare.group(), "bare") if bare else ("", "")


def _style(mark: str) -> str:
    core = mark.strip("().:§ ")
    if "§" in mark:
        return "§"
    if mark[:3].lower() == "stk":
        return "stk"
    if core[:1].isdigit():
        return ".".join("1" for _part in core.split("."))
    return "a" if core[:1].islower() else "A"


def _with_lone_marks(lines: list[TextLine]) -> list[TextLine]:
    """Put a mark that stands alone on its line before the line that follows."""
    merged: list[TextLine] = []
    waiting: TextLine | None = None
    for found in lines:
        line = found
        if waiting is not None and not line.style and not line.cells:
            line = replace(
                line,
                style=waiting.style,
                mark=waiting.mark,
                indent=waiting.indent,
                after_blank=waiting.after_blank,
            )
            waiting = None
        if line.style and not line.text:
            waiting = line
        else:
            merged.append(line)
    return merged


CLOSED: Final = (".", "!", "?", ":", ";", ".)", '."', ".”")
_OPEN_ENDED: Final = re.compile(
    r"(?:-|,|&|\b(?:og|och|and|eller|or|for|för|of|the|i|in|på|til|till|to|af|av|deres|sine|its))$",
    re.IGNORECASE,
)


def with_whole_headings(lines: list[TextLine], joiner: Joiner) -> list[TextLine]:
    """Join headings that a line end has split, as "3. Ansvar og opgaver i for-" and "hold til"."""
    joined: list[TextLine] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        before = joined[-1] if joined else None
        opens = before is not None and _opens(before, joined[-2] if len(joined) > 1 else None)
        if before and opens and _is_rest_of_heading(before, line, following, joiner):
            joined[-1] = replace(before, text=joiner.join(before.text, line.text))
        else:
            joined.append(line)
    return joined


def _opens(line: TextLine, before: TextLine | None) -> bool:
    """Return whether a line can open a heading: numbered, titled or free of the line before."""
    free = line.after_blank or before is None or before.text.endswith(CLOSED)
    return line.style != "bullet" and not line.cells and bool(line.style or line.titled or free)


def _is_rest_of_heading(
    first: TextLine, rest: TextLine, following: TextLine | None, joiner: Joiner
) -> bool:
    if rest.after_blank or rest.style or rest.cells or rest.titled or first.cells:
        return False
    if first.style == "bullet" or len(first.text) > 100 or len(rest.text) > 60:
        return False
    if first.text.endswith(CLOSED) or rest.text.endswith((*CLOSED, ",")):
        return False
    if not (rest.text[:1].islower() or _OPEN_ENDED.search(first.text)):
        return False
    ended = following is None or bool(
        following.after_blank or following.style or following.text[:1].isupper()
    )
    whole = joiner.join(first.text, rest.text)
    known = heading_kind(whole) is not None
    numbered = bool(first.style or first.titled) and len(whole.split()) <= 14
    return ended and (known or (numbered and first.style != "bare"))
