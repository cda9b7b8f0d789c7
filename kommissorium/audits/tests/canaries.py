"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.audits.audit_list import AuditList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in AuditList.columns)
ASKED = {
    "audits": ["q=fremmed", "former=1", "state=held", ALL_COLUMNS],
    "audits_file": ["all=1", "q=fremmed"],
}
SHOWING_FOREIGN = [
    ("audits", ""),
    ("audits_file", ""),
    ("activity/foreign_audits", ""),
    ("activity_history/foreign_audits", ""),
    ("activity_plan/audits", ""),
    ("audit_finding/foreign", ""),
    ("audit_checklist/foreign", ""),
]
