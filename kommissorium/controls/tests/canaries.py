"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.controls.control_list import ControlList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in ControlList.columns)
ASKED = {
    "controls": ["q=fremmed", "status=half", ALL_COLUMNS],
    "controls_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("controls", ALL_COLUMNS),
    ("controls_file", "all=1"),
    ("control/foreign", ""),
    ("soa", ""),
    ("proposal_file/approved_statements", ""),
]
