"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.awareness.awareness_list import AwarenessList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in AwarenessList.columns)
ASKED = {
    "awareness": ["q=fremmed", "former=1", "state=held", ALL_COLUMNS],
    "awareness_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("awareness", ""),
    ("awareness_file", ""),
    ("activity/foreign_awareness", ""),
    ("activity_history/foreign_awareness", ""),
    ("activity_plan/awareness", ""),
]
