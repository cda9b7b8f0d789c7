"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

WORDS = "q=fremmed&waiting=1&columns=question,ruling,place,reason,measure"
ASKED = {
    "interpretations": [WORDS],
    "interpretations_file": ["all=1", WORDS],
    "dispensations": [WORDS],
    "dispensations_file": ["all=1", WORDS],
}
SHOWING_FOREIGN = [
    ("interpretations", ""),
    ("interpretation/foreign", ""),
    ("dispensations", ""),
    ("dispensation/foreign", ""),
    ("dispensation/given", ""),
    ("dispensation_renew", ""),
]
