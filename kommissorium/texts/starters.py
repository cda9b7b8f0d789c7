"""Texts to begin with, in our own words: drafts that each municipality makes its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.translation import get_language

from kommissorium.core.richtext.sections import sections_of
from kommissorium.policies.models import FramePart, Level
from kommissorium.readings.models import Group

FOLDER: Final = Path(__file__).with_name("words")
LANGUAGES: Final = ("da", "en")


class Starter(NamedTuple):
    """A text to begin with: what it is called, at which level, and what it says."""

    key: str
    title: str
    level: str
    text: str
    groups: tuple[str, ...]  # who is to confirm having read it

    @property
    def frame(self) -> Mapping[str, str]:
        """Return under which headings the parts of the frame stand, in an overall policy."""
        if self.level != Level.OVERALL:
            return {}
        keys = [one.key for one in sections_of(self.text) if one.level]
        return dict(zip(FramePart.values, keys[1:], strict=False))


# In which order they are offered, and what is known of each beside its words.
OFFERED: Final = {
    "overall": (Level.OVERALL, ()),
    "owners": (Level.GUIDELINE, (Group.OWNERS,)),
    "incidents": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "access": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "mobile": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "physical": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "classification": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "deletion": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "encryption": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "ai": (Level.GUIDELINE, (Group.EVERYBODY,)),
    "acquisition": (Level.GUIDELINE, (Group.OWNERS,)),
    "suppliers": (Level.GUIDELINE, (Group.OWNERS,)),
    "backup": (Level.GUIDELINE, (Group.OWNERS,)),
    "logging": (Level.GUIDELINE, (Group.OWNERS,)),
}


def starters() -> list[Starter]:
    """Return the texts there are, in the active language."""
    return [starter(key) for key in OFFERED]


def starter(key: str) -> Starter:
    """Return one of the texts. Raises KeyError for none of them."""
    level, groups = OFFERED[key]
    language = get_language() if get_language() in LANGUAGES else LANGUAGES[0]
    words = (FOLDER / str(language) / f"{key}.txt").read_text(encoding="utf-8")
    title, _line, text = words.partition("\n")
    return Starter(key, title, level, text, groups)
