"""Search by words, whatever their form: texts in passages, found alike by both databases."""

from __future__ import annotations

from kommissorium.core.search.actions import Said, Text, forget, is_kept, keep
from kommissorium.core.search.finding import Found, find, snippet, weigher

__all__ = ["Found", "Said", "Text", "find", "forget", "is_kept", "keep", "snippet", "weigher"]
