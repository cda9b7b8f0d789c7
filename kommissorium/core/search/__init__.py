"""Search by words, whatever their form: texts in passages, found alike by both databases."""

from __future__ import annotations

from kommissorium.core.search.actions import Said, Text, forget, is_kept, keep
from kommissorium.core.search.finding import Found, find, weigher
from kommissorium.core.search.forgiving import find_near, near_marked, near_weigher
from kommissorium.core.search.snippets import Asked, snippet

__all__ = [
    "Asked",
    "Found",
    "Said",
    "Text",
    "find",
    "find_near",
    "forget",
    "is_kept",
    "keep",
    "near_marked",
    "near_weigher",
    "snippet",
    "weigher",
]
