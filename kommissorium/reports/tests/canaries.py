"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

ASKED: dict[str, list[str]] = {"statuses": ["committee=1&quarter=2026-3"]}
SHOWING_FOREIGN = [
    ("status/draft", ""),
    ("told_file/draft", ""),
    ("board_report/draft", ""),
    ("told_file/board_draft", ""),
]
