"""Grounds on which an item or a decision is closed: the law, from closing_grounds.toml, and words.

A ground is kept as the text people read, "Offentlighedsloven § 31 (…): own words", so that what
was said stands as it was said whatever becomes of the list.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONGEST = 200  # of a whole ground, as the database holds it
MOST_OWN_WORDS = 105


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph of a law that lets something be closed, and in plain words what it protects."""

    code: str
    law: str
    da: str
    en: str
    needs_words: bool = False

    @property
    def label(self) -> str:
        """Return law and plain words in the active language."""
        return f"{self.law} ({self.en if get_language() == 'en' else self.da})"


@cache
def grounds() -> tuple[Ground, ...]:
    """Return all of them, in the order of the list."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(Ground(**row) for row in tomllib.loads(text)["ground"])


def ground_text(code: str, own_words: str) -> str:
    """Return the ground as people read it; the own words alone for a law that is none of ours."""
    ground = next((one for one in grounds() if one.code == code), None)
    own_words = own_words.strip()
    if ground is None:
        return own_words
    return f"{ground.label}: {own_words}" if own_words else ground.label


def law_and_words(text: str) -> tuple[Ground | None, str]:
    """Return the law a ground rests on and the own words; None where it names none of ours."""
    for ground in grounds():
        found = re.fullmatch(rf"{re.escape(ground.law)}(?: \([^)]*\))?(?:: (.*))?", text, re.DOTALL)
        if found:
            return ground, found[1] or ""
    return None, text


def stated_ground(text: str) -> str:
    """Return the ground as it is shown, saying so where no law was stated; "" for none."""
    if not text or law_and_words(text)[0]:
        return text
    return _("legal basis not stated: %(words)s") % {"words": text}
