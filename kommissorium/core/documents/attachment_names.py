"""Safe and unique file names and media types for attachments inside a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kommissorium.core.richtext import one_line

MOST_NAME = 120
MOST_ENDING = 10
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")


def unique_names(names: Iterable[str]) -> list[str]:
    """Return names that every system can save and that differ, letter case aside, in order."""
    taken: set[str] = set()
    return [_untaken(_savable(name), taken) for name in names]


def safe_media_type(media_type: str) -> str:
    """Return the media type without parameters, "application/octet-stream" if it is none."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare if _MEDIA_TYPE.fullmatch(bare) else "application/octet-stream"


def _savable(name: str) -> str:
    shown = "".join(c for c in one_line(name) if unicodedata.category(c)[0] != "C")
    shown = _NOT_IN_NAMES.sub("-", shown).strip(" .")
    shown = f"_{shown}" if not shown or _RESERVED.match(shown) else shown
    stem, ending = _parts(shown)
    return stem[: MOST_NAME - len(ending)].rstrip() + ending


def _untaken(name: str, taken: set[str]) -> str:
    stem, ending = _parts(name)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){ending}"
    taken.add(name.casefold())
    return name


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem and len(ending) <= MOST_ENDING else (name, "")
