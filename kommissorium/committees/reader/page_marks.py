"""The title of a mandate, and what only orders its pages: running heads, numbers, contents."""
# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import Final

from kommissorium.committees.reader.blocks import Block
from kommissorium.committees.reader.headings import COMMITTEE, heading_kind, is_table_head
from kommissorium.committees.reader.roles import names_role, parse_seat, role_of
from kommissorium.committees.reader.text import squeezed

NAMES_MANDATE: Final = re.compile(
    r"kommissorium|terms of reference|charter|mandat|reglement|forretningsorden|vedtægt|stadga|"
    r"arbetsordning|instruks|instruktion|uppdragsbeskrivning|remit|vedtekt",
    re.IGNORECASE,
)
_OPEN_ENDED: Final = re.compile(r"(?:\b(?:for|of|för|til|the|og|och|and)|[-–:])$", re.IGNORECASE)
_NAMES_PLACE: Final = re.compile(
    rf"(?:{NAMES_MANDATE.pattern})|(?:\w+ ){{1,3}}(?:kommune|kommun|region|council|borough|district)",
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 180
_MOST_LINES: Final = 4


def take_title(blocks: list[Block]) -> tuple[str, int]:
    """Return the title, empty when there is none, and how many blocks it took."""
    title, taken = "", 0
    while taken < min(len(blocks), _MOST_LINES) and _is_title(blocks[taken], taken):
        title = f"{title} {blocks[taken].text}".strip()
        taken += 1
        only_names_mandate = NAMES_MANDATE.fullmatch(blocks[taken - 1].text)
        goes_on = taken < len(blocks) and _NAMES_PLACE.fullmatch(blocks[taken].text)
        if not (_OPEN_ENDED.search(title) or only_names_mandate or goes_on):
            break
    return title, taken


def _is_title(block: Block, taken: int) -> bool:
    if len(block.text) > _LONGEST_TITLE or block.text.endswith((".", ":", ";")):
        return False
    if block.role == "heading":
        named = NAMES_MANDATE.search(block.text) and COMMITTEE.search(block.text)
        bare = NAMES_MANDATE.fullmatch(block.text) is not None
        return bare or (not taken and (block.kind == "unknown" or named is not None))
    return block.role == "para" and not parse_seat(block.text)[0]


_WORD: Final = r"(?:side|page|sida|s\.|p\.)"
_OF: Final = r"\s*(?:(?:af|av|of|/)\s*\d{1,3}|\(\d{1,3}\))"
_NUMBER_ONLY: Final = re.compile(
    rf"[-–—]?\s*(?:{_WORD}\s*\d{{1,3}}(?:{_OF})?|\d{{1,3}}{_OF})\s*[-–—]?|[-–—]\s*\d{{1,3}}\s*[-–—]",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(rf"[\s,–—|-]+{_WORD}\s*\d{{1,3}}(?:{_OF})?$", re.IGNORECASE)
_SURELY_NUMBERED: Final = re.compile(rf"\s{_WORD}\s*\d{{1,3}}{_OF}$", re.IGNORECASE)
# "Council offices      1", and the same line with the next number on the next page.
_COUNTED: Final = re.compile(rf"(?:\s{{3,}}|\t)(\d{{1,3}})(?:{_OF})?$|\s(\d{{1,3}}){_OF}$")
_CONTENTS: Final = re.compile(
    r"(?:#+\s*)?(?:indhold(?:sfortegnelse)?|inn?hold(?:sfortegnelse)?|innehåll(?:sförteckning)?|"
    r"(?:table of )?contents):?",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?\D.{0,120}?(?:[\s.…·_]{2,}|\s)\d{1,3}|.{2,120}?[.…·_]{4,}\s*\d{1,3}"
)
_LEADER: Final = re.compile(r"(?:[.…·_] ?){4,}")
_LEADERS: Final = re.compile(r".{2,120}?(?:[.…·_]\s?){4,}\s*\d{1,3}")
_MARKED: Final = re.compile(r"[|•*>#\uf0b7]|-\s|\(?[\da-z]{1,3}[.)]\s|§")
_MARK: Final = re.compile(r"^(?:#+|§|\d{1,2}(?:\.\d{1,2})*[.)]?|[•*-])\s+")
_CLOSED: Final = (".", "!", "?", ":", ";")
_LONGEST: Final = 200
_BREAK: Final = "\f"
_MOST_ENTRIES: Final = 120  # of a table of contents


def without_page_marks(text: str) -> tuple[str, list[str]]:
    """Return a normalised text without the marks of its pages, and the lines set aside.

    A running head that alone names the mandate stays where it first stands: it is the title.
    """
    lines = text.replace(_BREAK, f"\n{_BREAK}\n").split("\n")
    filled = [place for place, line in enumerate(lines) if line == _BREAK or line.strip()]
    marks = _contents(lines, filled) | _page_numbers(lines, filled)
    heads = _running_heads(lines, filled, marks)
    kept = _title(lines, filled, heads, marks)
    marks |= (heads - {kept}) | _numbers_beside(lines, filled, heads)
    aside = [squeezed(lines[place]) for place in sorted(marks)]
    if kept is not None:
        title = _NUMBERED.sub("", lines[kept].strip())
        aside.append(squeezed(lines[kept].strip()[len(title) :]))
        lines[kept] = title
    return "\n".join(_closed_up(lines, marks)), [line for line in aside if line]


def _contents(lines: list[str], filled: list[int]) -> set[int]:
    """Return the places of tables of contents, with their headings."""
    later = defaultdict(list)
    for place in filled:
        later[_bare(lines[place])].append(place)
    found: set[int] = set()
    for start, place in enumerate(filled):
        stripped = lines[place].strip()
        if not stripped or len(stripped) > 1000 or place in found:
            continue
        headed = _CONTENTS.fullmatch(stripped) is not None
        first = start + headed
        near = filled[first : first + _MOST_ENTRIES + 1]
        entries = _entries(lines, near, later if headed else {})
        if len(entries) > 2 - headed:
            found |= {*entries, *([place] if headed else [])}
    return found


def _entries(lines: list[str], places: list[int], later: dict[str, list[int]]) -> list[int]:
    """Return the lines that list headings: with a page number, or found again further on."""
    entries: list[int] = []
    for at, place in enumerate(places[:_MOST_ENTRIES]):
        line = _LEADER.sub("....", lines[place].strip()[:1000])
        if not line:
            continue
        following = lines[places[at + 1]].strip() if at + 1 < len(places) else ""
        following = _LEADER.sub("....", following[:1000])
        repeated = any(other > place for other in later.get(_bare(line), ()))
        numbered = _LEADERS.fullmatch(line[:_LONGEST]) or (later and _ENTRY.fullmatch(line))
        wrapped = later and entries and line[-1:].isalpha() and _LEADERS.fullmatch(following)
        if len(line) > _LONGEST or _NUMBERED.search(line) or not (numbered or repeated or wrapped):
            break
        entries.append(place)
    return entries


def _bare(line: str) -> str:
    """Return the text of a heading, without its number and mark."""
    return squeezed(_MARK.sub("", line.strip()[:_LONGEST])).casefold()


def _page_numbers(lines: list[str], filled: list[int]) -> set[int]:
    """Return the lines that hold the number of a page and nothing else.

    A figure without a word counts only at the edge of a page, where no list has its marks.
    """
    found = set()
    for at, place in enumerate(filled):
        line = lines[place].strip()
        if line and len(line) < 24 and _NUMBER_ONLY.fullmatch(line):
            found.add(place)
        elif line.isdecimal() and len(line) < 4 and lines[place] != _BREAK:
            last = at + 1 == len(filled) or lines[filled[at + 1]] == _BREAK
            first = at > 0 and lines[filled[at - 1]] == _BREAK
            if first or (last and at > 0):
                found.add(place)
    return found


def _running_heads(lines: list[str], filled: list[int], marks: set[int]) -> set[int]:
    """Return the lines repeated at the edges of pages, or with a page's number."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, place in enumerate(filled):
        if _may_run(lines[place].strip()):
            groups[re.sub(r"\d+", "#", squeezed(lines[place])).casefold()].append(at)
    edges = {at for at, place in enumerate(filled) if place in marks or lines[place] == _BREAK}
    edges |= {-1, len(filled)}
    found: set[int] = set()
    for _round in range(3):
        for group in groups.values():
            numbered = [at for at in group if _NUMBERED.search(lines[filled[at]].strip())]
            touching = all(at - 1 in edges or at + 1 in edges for at in group)
            sure = any(_SURELY_NUMBERED.search(lines[filled[at]].strip()) for at in group)
            sure |= len({lines[filled[at]] for at in group}) == 1 and len(group) > 2 < _words(
                lines[filled[group[0]]]
            )
            counted = _counts_up([lines[filled[at]].rstrip() for at in group])
            if sure or (len(group) > 1 and (numbered or touching or counted)):
                found |= set(group)
        edges |= found
    return {filled[at] for at in found}


def _numbers_beside(lines: list[str], filled: list[int], heads: set[int]) -> set[int]:
    """Return the numbers of pages that stand alone before running heads."""
    beside = [
        place
        for place, following in itertools.pairwise(filled)
        if following in heads and lines[place].strip().isdecimal()
    ]
    numbers = [int(lines[place]) for place in beside if len(lines[place].strip()) < 4]
    counted = len(beside) > 1 and numbers == list(range(numbers[0], numbers[0] + len(beside)))
    return set(beside) if numbers and counted else set()


def _counts_up(group: list[str]) -> bool:
    """Return whether lines that are alike end in numbers that go up one by one."""
    found = [_COUNTED.search(line) for line in group]
    numbers = [int(one.group(1) or one.group(2)) for one in found if one]
    return len(numbers) == len(group) and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    )


def _words(line: str) -> int:
    return len(line.split())


def _may_run(line: str) -> bool:
    """Return whether a line can be a running head: no item, no row, no seat."""
    return (
        4 < len(line) < _LONGEST
        and not _MARKED.match(line)
        and "\t" not in line
        and any(character.isalpha() for character in line)
        and not line.endswith((".", ":", ";", "-"))
        and heading_kind(line) in {None, "other"}
        and not (role_of(line) or names_role(line) or is_table_head([line]))
    )


def _title(lines: list[str], filled: list[int], heads: set[int], marks: set[int]) -> int | None:
    """Return the place of the running head that is the only title the text has."""
    first = min(heads, default=None)
    if first is None or first not in filled[:6] or not _names_mandate(lines[first]):
        return None
    begins = [place for place in filled if place not in heads | marks][:12]
    return None if any(_names_mandate(lines[place]) for place in begins) else first


def _names_mandate(line: str) -> bool:
    return len(line) < _LONGEST and bool(NAMES_MANDATE.search(line) and COMMITTEE.search(line))


def _closed_up(lines: list[str], marks: set[int]) -> list[str]:
    """Return the lines without the marks; a sentence that runs over a page has no gap in it."""
    kept: list[str] = []
    marked = False
    for place, line in enumerate(lines):
        if place in marks or line == _BREAK:
            marked = True
        elif line.strip():
            if marked and not _runs_on(kept, line):
                kept.append("")
            kept.append(line)
            marked = False
        elif not marked:
            kept.append(line)
    return kept


def _runs_on(kept: list[str], line: str) -> bool:
    while kept and not kept[-1].strip():
        kept.pop()
    before = kept[-1].rstrip() if kept else ""
    return bool(before) and not before.endswith(_CLOSED) and line.strip()[:1].islower()
