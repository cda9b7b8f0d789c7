"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.secretariat.searching import kinds

FORMS = {"record_file": ["json", "pdf"]}
# One of each kind of page and file that shows closed items to those whom the committee names.
SHOWING = [
    ("meeting_changes/called", ""),
    ("meeting_composing", ""),
    ("meeting_preview", ""),
    ("decisions", ""),
    ("decisions_excel", ""),
    ("decision/closed", ""),
    ("record/minutes", ""),
    ("record_file/minutes", "json"),
    ("record_file/minutes", "pdf"),
]
KINDS = [f"type={kind}" for kind in kinds()]
# Questions asked by hand, to which no link of the page leads.
ASKED = {
    "search": [f"q={word}&{kind}" for word in ("kanari", "fremmed") for kind in ("", *KINDS)],
    "search/foreign": ["q=fremmed"],
    "search_suggestions": ["q=kanari", "q=fremmed"],
}
SHOWING += [("search", ""), ("search_suggestions", "")]
SHOWING_FOREIGN = [("search/foreign", "")]
