"""Where the words that not everybody may read are looked for (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.policies.policy_list import PolicyList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in PolicyList.columns)
RULINGS = "q=fremmed&waiting=1&columns=question,ruling,place,reason,measure"
ASKED = {
    "interpretations": [RULINGS],
    "interpretations_file": ["all=1", RULINGS],
    "dispensations": [RULINGS],
    "dispensations_file": ["all=1", RULINGS],
    "policies": ["q=fremmed", "retired=1", "standing=underway", ALL_COLUMNS],
    "policies_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("interpretations", ""),
    ("interpretation/foreign", ""),
    ("dispensations", ""),
    ("dispensation/foreign", ""),
    ("dispensation/given", ""),
    ("dispensation_renew", ""),
    ("policies", ""),
    ("policies_file", ""),
    ("policies_tree", ""),
    ("policy/foreign", ""),
    ("policy_version/foreign", ""),
    ("policy_version_file/foreign", ""),
    ("proposal_file/proposed_policy", ""),
    ("proposal_history/proposed_policy", ""),
]
