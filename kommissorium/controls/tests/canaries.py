"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.controls.control_list import ControlList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in ControlList.columns)
ASKED = {
    "controls": [f"q=fremmed&{ALL_COLUMNS}", "status=half"],
    "controls_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("controls", ""),
    ("controls_file", ""),
    ("control/foreign", ""),
    ("soa", ""),
    ("soa_workbook", ""),
    ("proposal_file/approved_statements", ""),
]
