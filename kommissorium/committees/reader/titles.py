"""Finds the title of a mandate in its first lines."""

from __future__ import annotations

import re
from typing import Final

from kommissorium.committees.reader.blocks import Block
from kommissorium.committees.reader.headings import COMMITTEE
from kommissorium.committees.reader.roles import parse_seat

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
_LONGEST: Final = 180
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
    if len(block.text) > _LONGEST or block.text.endswith((".", ":", ";")):
        return False
    if block.role == "heading":
        named = NAMES_MANDATE.search(block.text) and COMMITTEE.search(block.text)
        bare = NAMES_MANDATE.fullmatch(block.text) is not None
        return bare or (not taken and (block.kind == "unknown" or named is not None))
    return block.role == "para" and not parse_seat(block.text)[0]
