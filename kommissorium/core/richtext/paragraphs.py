"""Collects text with its styles into tidy paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kommissorium.core.richtext.allowed_characters import printable, shows
from kommissorium.core.richtext.blocks import Block, Paragraph, Run

_SPACE = re.compile(r"[ \t\n\f]+")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of text at one place, and its link."""

    strong: bool = False
    em: bool = False
    href: str = ""

    def run(self, text: str) -> Run:
        return Run(text, self.strong, self.em, self.href)


@dataclass(slots=True)
class Stream:
    """Blocks in the making: text flows into a paragraph until something ends it."""

    blocks: list[Block] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)

    def text(self, text: str, look: TextStyle) -> None:
        self._runs.append(look.run(_SPACE.sub(" ", printable(text))))

    def line_break(self) -> None:
        self._runs.append(Run("\n"))

    def end_paragraph(self) -> None:
        self.blocks.extend(Paragraph(runs) for runs in paragraphs(self._runs))
        self._runs = []

    def add(self, block: Block) -> None:
        self.end_paragraph()
        self.blocks.append(block)

    def finish(self) -> list[Block]:
        self.end_paragraph()
        return self.blocks


def paragraphs(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """Return the runs as paragraphs: an empty line between two texts separates them."""
    lines: list[tuple[Run, ...]] = [_tidy(line) for line in _lines(runs)]
    found: list[list[Run]] = [[]]
    for line in lines:
        if not line:
            found.append([])
            continue
        if found[-1]:
            found[-1].append(Run("\n"))
        found[-1].extend(line)
    return [_merged(paragraph) for paragraph in found if paragraph]


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in rest)
    return lines


def _tidy(line: Iterable[Run]) -> tuple[Run, ...]:
    """Return the line without doubled spaces and spaces at its ends; () if nothing shows."""
    kept: list[Run] = []
    for run in line:
        after_space = not kept or kept[-1].text.endswith(" ")
        if text := run.text.lstrip(" ") if after_space else run.text:
            kept.append(replace(run, text=text))
    if kept:
        last = kept.pop()
        if text := last.text.rstrip(" "):
            kept.append(replace(last, text=text))
    return tuple(kept) if any(shows(run.text) for run in kept) else ()


def _merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one look joined, in composed form."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(replace(run, text=printable(run.text)) for run in joined)
