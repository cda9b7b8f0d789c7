"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.continuity.lists import ContinuityTestList, ServiceList

SERVICES = "columns=" + ",".join(one.code for one in ServiceList.columns)
TESTS = "columns=" + ",".join(one.code for one in ContinuityTestList.columns)
ASKED = {
    "continuity": ["q=fremmed", "retired=1", SERVICES],
    "continuity_file": ["all=1", "q=fremmed"],
    "continuity_tests": ["q=fremmed", "former=1", "state=held", TESTS],
    "continuity_tests_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("continuity", ""),
    ("continuity_file", ""),
    ("continuity_tests", ""),
    ("continuity_tests_file", ""),
    ("continuity_copies", ""),
    ("continuity_service/foreign", ""),
    ("continuity_plan/foreign", ""),
    ("activity/foreign_continuity", ""),
    ("activity_history/foreign_continuity", ""),
]
