"""Places to look for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.incidents.incident_list import IncidentList

ALL_COLUMNS = "columns=" + ",".join(one.code for one in IncidentList.columns)
ASKED = {
    "incidents": ["q=kanari", "late=1", "mine=1", ALL_COLUMNS],
    "incidents_file": ["all=1", "q=kanari"],
}
SHOWING = [
    ("incidents", ""),
    ("incidents_file", ""),
    ("incident", ""),
    ("incident_breaches", ""),
    ("incident_breaches_pdf", ""),
    ("incident_handover/closed", ""),
    ("incident/closed", ""),
    ("incident_names", ""),
    ("incident_triage/reported", ""),
]
SHOWING_FOREIGN = [("incident", ""), ("incident_triage", "")]
