"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.policies.policy_list import PolicyList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in PolicyList.columns)
ASKED = {
    "policies": ["q=fremmed", "retired=1", "standing=underway", ALL_COLUMNS],
    "policies_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("policies", ""),
    ("policies_file", ""),
    ("policies_tree", ""),
    ("policy/foreign", ""),
    ("policy_version/foreign", ""),
    ("policy_version_file/foreign", ""),
    ("proposal_file/proposed_policy", ""),
    ("proposal_history/proposed_policy", ""),
]
