"""The headings of a version: what comments are given at, and where the parts of the frame stand."""

from __future__ import annotations

from typing import Final

from kommissorium.core.richtext.sections import sections_of, slug
from kommissorium.policies.models import Version

MARK: Final = "#"  # begins a heading in the text read out of a file

type HeadingLine = tuple[str, str]  # its key, which lasts as long as its words do, and its words


def headings_of(version: Version) -> list[HeadingLine]:
    """Return the headings in their order: of its text, or as they were read out of its file."""
    if version.text or not version.file_text:
        return [(one.key, one.name) for one in sections_of(version.text) if one.level]
    lines = version.file_text.splitlines()
    titles = [one.lstrip(f"{MARK} ").strip() for one in lines if one.startswith(MARK)]
    return list({slug(one): one for one in titles if slug(one)}.items())
