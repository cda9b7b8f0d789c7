"""The pictures of the guide, taken from the demonstration by scripts/guide_pictures.py, and their place in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

SIZE: Final = (1040, 720)  # of each, in pixels
MOST_BYTES: Final = 600_000  # of all together
FORMAT: Final = "image/webp"
# A line of its own; its words are what whoever does not see the picture reads.
WRITTEN: Final = re.compile(r"^!\[([^\]\n]+)\]\(pictures/([\w-]+)\.webp\)$", re.MULTILINE)
KEPT: Final = r"[\1]({}pictures/\2)"  # formatted text keeps links, and no pictures
LINKED: Final = r'<p><a href="{}pictures/([\w-]+)"[^>]*>([^<]*)</a></p>'


@cache
def pictures_in(folder: Path) -> Mapping[str, Path]:
    """Return the files of the pictures by their names."""
    return {file.stem: file for file in sorted((folder / "pictures").glob("*.webp"))}


def as_links(text: str, address: str) -> str:
    """Return a page's text with links in place of its pictures."""
    return WRITTEN.sub(KEPT.format(address), text)


def as_pictures(html: str, address: str) -> str:
    """Return the formatted text with the pictures in their places."""
    return re.sub(LINKED.format(re.escape(address)), _shown, html)


def _shown(match: re.Match[str]) -> str:
    width, height = SIZE
    words = mark_safe(match[2])  # sanitised with all of the text
    return format_html(
        '<p class="guide-picture"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy"></p>',
        *(reverse("guide_picture", args=[match[1]]), words, width, height),
    )
