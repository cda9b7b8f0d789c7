"""A text as sections by its headings, each with a number and a name that lasts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from kommissorium.core.richtext import Block, Heading, to_blocks
from kommissorium.core.richtext.blocks import as_html, as_text

LONGEST_KEY: Final = 80
TAKEN: Final = ("main-content", "file")  # an id of every page, and an address beside headings
TYPED: Final = re.compile(r"((?:§ ?)?\d{1,3}(?:\.\d{1,3}){0,5})[.)]?[  \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of any level.

    What stands before the first heading has level 0, no key and no title. `key` is made of the
    title, so that it outlasts other versions as long as the title does. `number` is the one that
    was typed in front of the title; where a text has none at all, they are counted: 1, 1.1, 1.2.
    """

    key: str
    number: str
    level: int
    title: str
    blocks: tuple[Block, ...]  # the heading's too

    @property
    def html(self) -> SafeString:
        """Return the text under the heading; it was sanitised, as all texts are."""
        return mark_safe(as_html(self._body))

    @property
    def words(self) -> str:
        """Return the text under the heading, without markup."""
        return as_text(self._body)

    @property
    def tag(self) -> str:
        """Return the element of its heading on a page where the text has a title of its own."""
        return f"h{self.level + 1}"

    @property
    def name(self) -> str:
        """Return number and title in a line."""
        return f"{self.number} {self.title}".strip()

    @property
    def _body(self) -> tuple[Block, ...]:
        return self.blocks[1:] if self.level else self.blocks


def sections_of(html: str) -> tuple[Section, ...]:
    """Return the sections of a text, in order; none for an empty text. Raises as `sanitise`."""
    groups: list[list[Block]] = [[]]
    for block in to_blocks(html):
        if isinstance(block, Heading):
            groups.append([])
        groups[-1].append(block)
    return _named([tuple(group) for group in groups if group])


def gap_in_numbers(sections: Iterable[Section]) -> Section | None:
    """Return the first heading whose typed number does not follow those before it."""
    before: list[int] = []
    for section in sections:
        if not (section.level and section.number):
            continue
        now = [int(part) for part in section.number.strip("§ ").split(".")]
        nexts = [[*before[:depth], before[depth] + 1] for depth in range(len(before))]
        if before and now not in [*nexts, [*before, 1]]:
            return section
        before = now
    return None


def slug(title: str) -> str:
    """Return a title as part of an address: lower case, hyphens, æøå kept."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", title).lower())
    return "-".join(words)[:LONGEST_KEY].strip("-")


def _named(groups: Sequence[tuple[Block, ...]]) -> tuple[Section, ...]:
    heads = [group[0] if isinstance(group[0], Heading) else None for group in groups]
    parts = [_parted(_words(head)) if head else ("", "") for head in heads]
    is_typed = any(number for number, _title in parts)
    taken, above, counted = set(TAKEN), dict[int, str](), list[int]()
    found = list[Section]()
    for group, head, (number, title) in zip(groups, heads, parts, strict=True):
        if head is None:
            found.append(Section("", "", 0, "", group))
            continue
        counted = [*counted[: head.level], *[0] * (head.level - len(counted))]
        counted[-1] += 1
        key = _free(slug(title) or "-", above.get(head.level - 1, ""), taken)
        above = {level: one for level, one in above.items() if level < head.level}
        above[head.level] = key
        shown = number if is_typed else ".".join(map(str, counted))
        found.append(Section(key, shown, head.level, title, group))
    return tuple(found)


def _free(key: str, parent: str, taken: set[str]) -> str:
    """Return a key that no other section has: with its parent's before it, else with a number."""
    base = key if key not in taken or not parent else f"{parent}-{key}"[-LONGEST_KEY:].strip("-")
    found, number = base or "-", 2
    while found in taken:
        found, number = f"{base[: LONGEST_KEY - 5]}-{number}", number + 1
    taken.add(found)
    return found


def _parted(title: str) -> tuple[str, str]:
    """Return the number typed before a title, and the title."""
    match = TYPED.match(title)
    return (match.group(1), title[match.end() :]) if match else ("", title)


def _words(heading: Heading) -> str:
    return " ".join("".join(run.text for run in heading.runs).split())
