"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

ASKED: dict[str, list[str]] = {}
SHOWING_FOREIGN = [("policy_readers/foreign", "")]
