"""Joins lines into headings, list items, paragraphs and table rows."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kommissorium.committees.reader.headings import heading_kind, is_table_head
from kommissorium.committees.reader.lines import CLOSED, TextLine, read_lines, with_whole_headings
from kommissorium.committees.reader.role_sentences import VERB
from kommissorium.committees.reader.roles import names_role
from kommissorium.committees.reader.sentences import split_sentences
from kommissorium.committees.reader.text import Joiner, words

BACK_REFERRING: Final = re.compile(
    r"(?:I praksis|Alternativt|Dette|Det (?:er(?! \S+s (?:opgave|ansvar))|kan|skal|betyder|gælder)|Herunder|Disse|Her(?:ved|med)|"
    r"In practice|Alternatively|This|These|It (?:is|may|can)|Instead|Dessa|Det här|I praktiken|"
    r"I stedet|Istället)\b"
)
_OWN_SUBJECT: Final = re.compile(
    r"(?:[^\W\d_]*(?:[Uu]dvalget|[Uu]tvalget|[Uu]tskottet|[Rr]ådet|[Gg]ruppen|[Gg]ruppa|[Ff]orumet)"
    r"|(?:The )?(?:committee|board|group|council|forum))\b",
)
_RUN_IN: Final = re.compile(r"([^:.,;()]{3,60}):\s+(?=\S)")
_WEAK_IN_AGENDA: Final = words("referat minutes protokoll kalender calendar")


@dataclass(slots=True)
class Block:
    """A piece of text with one role on the page: heading, item, paragraph or row."""

    role: str
    lines: list[TextLine] = field(default_factory=list)
    kind: str | None = None
    text: str = ""

    @property
    def style(self) -> str:
        return self.lines[0].style

    @property
    def indent(self) -> int:
        return self.lines[0].indent

    @property
    def cells(self) -> tuple[str, ...]:
        return self.lines[0].cells


def read_blocks(text: str) -> list[Block]:
    """Return the blocks of a normalised text, words healed that line ends had split."""
    joiner = Joiner(text)
    blocks = _Grouping(with_whole_headings(read_lines(text), joiner)).blocks()
    for block in blocks:
        block.text = joiner.join_all([line.text for line in block.lines])
    blocks = [piece for block in blocks for piece in _without_stuck_heading(block)]
    return list(_with_run_in_headings(blocks))


class _Grouping:
    def __init__(self, lines: list[TextLine]) -> None:
        self.lines = lines
        widths = sorted(line.width for line in lines if not line.cells)
        self.width = min(widths[-1] if widths else 0, 160)
        self.double_spaced = self._is_double_spaced()
        self.heading_styles = self._heading_styles()
        self.section = ""

    def _is_double_spaced(self) -> bool:
        """Return whether blank lines also stand within sentences, as when a PDF is converted."""
        broken = [
            line
            for before, line in zip(self.lines, self.lines[1:], strict=False)
            if line.after_blank
            and not line.style
            and (line.text[:1].islower() or before.text.endswith("-"))
            and not before.text.endswith(CLOSED)
        ]
        return len(broken) >= 2

    def _heading_styles(self) -> set[str]:
        styles = [
            line.style
            for place, line in enumerate(self.lines)
            if line.style not in {"", "bullet"}
            and heading_kind(line.text)
            and (self._leads(place) or line.mark.endswith(".0"))
        ]
        # A figure without a full stop may also open a sentence: two headings tell that it does not.
        return {style for style in styles if style != "bare" or styles.count(style) > 1}

    def _leads(self, place: int) -> bool:
        """Return whether what follows a numbered line is numbered differently, or not at all."""
        if place + 1 >= len(self.lines):
            return False
        line, following = self.lines[place], self.lines[place + 1]
        restarts = _count(following.mark) == 1 and _count(line.mark) > 1
        return following.style != line.style or restarts

    def blocks(self) -> list[Block]:
        blocks: list[Block] = []
        for place, line in enumerate(self.lines):
            kind = self._heading(place)
            if kind is not None:
                blocks.append(Block("heading", [line], kind))
                self.section = kind
            elif line.cells:
                blocks.append(Block("row", [line]))
            elif line.style and line.style != "bare":
                blocks.append(Block("item", [line]))
            elif (
                blocks and blocks[-1].role in {"item", "para"} and self._continues(blocks[-1], line)
            ):
                blocks[-1].lines.append(line)
            else:
                blocks.append(Block("para", [line]))
        return blocks

    def _heading(self, place: int) -> str | None:
        """Return the kind under a heading, "unknown" for one of no known kind, None for none."""
        line = self.lines[place]
        if line.cells or (line.style == "bullet" and not line.titled) or is_table_head([line.text]):
            return None
        kind = heading_kind(line.text)
        if line.titled:
            return kind or "unknown"
        if line.style:
            return self._numbered_heading(place, kind)
        if kind is None:
            return self._unknown_heading(place)
        weak = kind == "other" or line.text.lower().split()[0] in _WEAK_IN_AGENDA
        if self.section == "agenda" and weak and not self._ends_list(place):
            return None
        return kind if self._stands_free(place) else None

    def _numbered_heading(self, place: int, kind: str | None) -> str | None:
        line = self.lines[place]
        sure = kind is not None and (line.mark.endswith(".0") or line.text.isupper())
        if sure:
            return kind
        if not self._leads(place) or (kind is None and line.style not in self.heading_styles):
            return None
        if kind is None and not _looks_like_title(line.text):
            return None
        following = self.lines[place + 1]
        if kind is None and not following.style and following.text[:1].islower():
            return None
        return kind or "unknown"

    def _ends_list(self, place: int) -> bool:
        """Return whether a line without a mark stands free after a list whose items have one."""
        return self.lines[place].after_blank and bool(self.lines[place - 1].style)

    def _stands_free(self, place: int) -> bool:
        line = self.lines[place]
        before = self.lines[place - 1] if place else None
        if before is None or line.after_blank or before.text.endswith(CLOSED):
            return True
        return not self._wrapped(before, line)

    def _unknown_heading(self, place: int) -> str | None:
        line = self.lines[place]
        if not (place and place + 1 < len(self.lines) and self._is_alone(place)):
            return None
        if line.text.endswith(":"):
            return None  # a lead-in: what it says decides
        if not _looks_like_title(line.text):
            return None
        before, after = self.lines[place - 1], self.lines[place + 1]
        if self.section in {"member", "agenda"}:
            return "unknown" if self._leads_prose(before, line, after) else None
        ended = before.text.endswith(CLOSED) or before.style or before.cells or place == 1
        if not ended or self.double_spaced:
            return "unknown" if line.text.isupper() else None
        listed = place + 2 < len(self.lines) and bool(self.lines[place + 2].style)
        starts = bool(after.style) or (
            after.text[:1].isupper() and (len(after.text) > 30 or listed)
        )
        return "unknown" if starts else None

    def _is_alone(self, place: int) -> bool:
        """Return whether a line stands free, or is too short to be part of a paragraph."""
        before, line, after = self.lines[place - 1 : place + 2]
        short = line.width < self.width / 2 and len(line.text.split()) < 5
        closed = before.text.endswith(".") and after.text[:1].isupper()
        return line.after_blank or (short and closed and not after.after_blank)

    def _leads_prose(self, before: TextLine, line: TextLine, after: TextLine) -> bool:
        """Return whether a line among seats or points is a heading, for prose stands under it."""
        ended = before.text.endswith((".", ".)")) or before.style or before.cells
        sentence = not after.style or VERB.search(after.text) is not None
        prose = sentence and not after.cells and len(after.text) > 30
        return bool(
            ended
            and prose
            and not self.double_spaced
            and not names_role(line.text)
            and (after.text.endswith(".") or len(after.text.split()) > 7)
        )

    def _continues(self, block: Block, line: TextLine) -> bool:
        before = block.lines[-1]
        if before.text.endswith("-") or (line.text == "…" and line.after_blank):
            return before.text.endswith("-")
        closed = before.text.endswith(CLOSED)
        if not line.text[:1].isupper():
            return not (line.after_blank and closed and not self.double_spaced)
        if not line.after_blank:
            return self._goes_on(block, before, line, closed)
        if block.role == "item" and closed and not before.text.endswith(":"):
            if BACK_REFERRING.match(line.text):
                return True
            return self.double_spaced and not _OWN_SUBJECT.match(line.text)
        return self.double_spaced and not closed and self._wrapped(before, line)

    def _goes_on(self, block: Block, before: TextLine, line: TextLine, closed: bool) -> bool:
        if not closed:
            deeper = block.role == "item" and line.indent > block.indent
            return self._wrapped(before, line) or deeper
        if before.text.endswith(":") or line.text.endswith(":"):
            return False
        return block.role == "para" or not _OWN_SUBJECT.match(line.text)

    def _wrapped(self, before: TextLine, line: TextLine) -> bool:
        """Return whether the line before was full, so that the next word had to wrap."""
        first = len(line.text.split(" ", 1)[0])
        return before.width >= 40 and before.width + 1 + first > 0.88 * self.width


def _count(mark: str) -> int:
    """Return the number in a mark such as "6.", 0 for none."""
    digits = mark.strip("().: ")
    return int(digits) if digits.isdecimal() and len(digits) < 4 else 0


def _looks_like_title(text: str) -> bool:
    words = text.rstrip(":").split()
    return 0 < len(words) <= 7 and len(text) <= 60 and text[0].isupper() and text[-1] not in ".;!,"


def _without_stuck_heading(block: Block) -> list[Block]:
    """Cut off a heading that stands at the end of the last line of an item or paragraph."""
    if block.role not in {"item", "para"} or block.text.endswith((".", ";")):
        return [block]
    last = re.split(r"\s{2,}", block.lines[-1].raw.strip()[-200:])[-1].strip()
    tail = split_sentences(block.text[-200:])[-1] if block.text else ""
    for heading in (last, tail):
        kind = heading_kind(heading)
        rest = block.text[: -len(heading)].rstrip() if heading else ""
        if kind and rest and block.text.endswith(heading) and rest.endswith((".", ":", ")", ";")):
            line = TextLine(heading, after_blank=True)
            cut = Block(block.role, block.lines, block.kind, rest)
            return [cut, Block("heading", [line], kind, heading)]
    return [block]


def _with_run_in_headings(blocks: list[Block]) -> Iterator[Block]:
    """Cut a heading off the paragraph it opens, as in "Meetings: the board meets monthly."."""
    section = ""
    for block in blocks:
        run_in = _RUN_IN.match(block.text) if block.role in {"item", "para"} else None
        kind = heading_kind(run_in.group(1)) if run_in else None
        if block.role == "heading":
            section = block.kind or ""
        elif run_in and kind and section != "agenda" and not (block.role == "item" and section):
            section = kind
            heading = block.text[: run_in.end()].strip()
            yield Block("heading", [TextLine(heading, after_blank=True)], kind, heading)
            yield Block("para", block.lines, None, block.text[run_in.end() :])
            continue
        yield block
