"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

ASKED: dict[str, list[str]] = {"statuses": ["committee=1&quarter=2026-3"]}
SHOWING_FOREIGN = [
    ("status/draft", ""),
    ("told_file/draft", ""),
    ("board_report/draft", ""),
    ("told_file/board_draft", ""),
]
