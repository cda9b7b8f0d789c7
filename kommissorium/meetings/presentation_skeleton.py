"""The headings offered for a case presentation, from presentation_skeleton.toml.

They are offered to whoever writes; those that nothing stands under are not sent out.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import get_language

from kommissorium.core.richtext import Block, Heading, Run, to_blocks
from kommissorium.core.richtext.blocks import as_html


class SkeletonHeading(NamedTuple):
    """A heading in both languages, and the types of items it is offered for."""

    da: str
    en: str
    types: frozenset[str]

    @property
    def text(self) -> str:
        return self.en if get_language() == "en" else self.da


@cache
def headings() -> tuple[SkeletonHeading, ...]:
    """Return all of them, in the order of a text."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["heading"]
    return tuple(SkeletonHeading(row["da"], row["en"], frozenset(row["for"])) for row in rows)


def with_skeleton(html: str, type_: str) -> str:
    """Return a presentation with the headings of its type of item; what is written stays.

    Text before the first of them stays in front; a heading that is there keeps what stands
    under it, and an own heading of the writer's stays where it is.
    """
    parts: dict[SkeletonHeading | None, list[Block]] = {None: []}
    here: SkeletonHeading | None = None
    for block in to_blocks(html):
        if (found := _known(block)) and found not in parts:
            here = found
            parts[here] = []
        parts[here].append(block)
    for heading in headings():
        if type_ in heading.types:
            parts.setdefault(heading, [Heading((Run(heading.text),))])
    order = [None, *headings()]
    return as_html(list(chain.from_iterable(parts.get(heading, []) for heading in order)))


def without_empty_headings(html: str) -> str:
    """Return a presentation without those of the headings that nothing stands under."""
    blocks = to_blocks(html)
    kept = [
        block
        for block, after in zip_longest(blocks, blocks[1:])
        if not (_known(block) and (after is None or isinstance(after, Heading)))
    ]
    return html if len(kept) == len(blocks) else as_html(kept)


def _known(block: Block) -> SkeletonHeading | None:
    """Return which of the headings a block is; None for everything else."""
    if not isinstance(block, Heading):
        return None
    text = "".join(run.text for run in block.runs).strip()
    return next((one for one in headings() if text in (one.da, one.en)), None)
