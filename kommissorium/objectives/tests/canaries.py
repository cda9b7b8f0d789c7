"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.objectives.objective_list import ObjectiveList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in ObjectiveList.columns)
ASKED = {
    "objectives": ["q=fremmed", "former=1", "progress=late", ALL_COLUMNS],
    "objectives_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("objectives", ""),
    ("objectives_file", ""),
    ("objective/foreign", ""),
    ("objective_set", ""),
    ("objective_set/proposed", ""),
    ("proposal_file/proposed_objectives", ""),
    ("proposal_history/proposed_objectives", ""),
]
