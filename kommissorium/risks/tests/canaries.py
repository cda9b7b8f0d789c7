"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.risks.risk_columns import COLUMNS

ALL_LABELS = "&".join(f"columns={one.code}" for one in COLUMNS)
# Questions asked by hand, to which no link of the page leads.
ASKED = {
    "risk_list": ["q=fremmed", "asset=fremmed", ALL_LABELS],
    "risk_list_file": ["all=1", "q=fremmed"],
    "assessments": ["q=fremmed", "state=proposed"],
    "assessments_file": ["q=fremmed"],
    "assessment_new": ["scope=asset&q=fremmed", "scope=assets"],
    "plan": ["show=all", "show=impossible"],
    "plan_file": ["show=all"],
    "acceptances": ["show=all"],
    "acceptances_file": ["show=all"],
}
# One of each kind of page and file that shows what is another's to those who read all.
SHOWING_FOREIGN = [
    ("risk_list", ""),
    ("risk_list_file", ""),
    ("risk/foreign", ""),
    ("risk/proposed", ""),
    ("assessments", ""),
    ("assessments_file", ""),
    ("assessment/foreign", ""),
    ("assessment/proposed", ""),
    ("assessment_document/foreign", ""),
    ("assessment_document/proposed", ""),
    ("assessment_history/foreign", ""),
    ("assessment_new", ""),
    ("record_file/assessment/foreign", "json"),
    ("record_file/assessment/foreign", "pdf"),
    ("plan", ""),
    ("plan_file", ""),
    ("acceptances", ""),
    ("acceptances_file", ""),
    ("acceptance/foreign", ""),
    ("acceptance_file/foreign", ""),
    ("record_file/acceptance/foreign", "json"),
    ("record_file/acceptance/foreign", "pdf"),
    ("risk_level", ""),
    ("risk_level_file", ""),
    ("proposal/assessment", ""),
    ("proposal/acceptance", ""),
    ("imports/risks", ""),
    ("import_page/risks", ""),
    ("import_page/risks/done", ""),
    ("import_file/risks", ""),
]
# What the system owner could send about an asset of their own, to be told what is another's.
PRYING = [
    ("acceptance_new", "", {"risks": "risk"}),
    ("acceptance_replace", "", {"risks": "risk"}),
]
