"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

ASKED: dict[str, list[str]] = {}
SHOWING_FOREIGN = [("policy_readers/foreign", "")]
