"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

# Questions asked by hand, to which no link of the page leads.
ASKED = {
    "tasks": ["view=all&state=all", "view=area&state=all"],
    "tasks_export": ["view=all&state=all"],
}
# One of each kind of page and file that shows closed items to those whom the committee names.
SHOWING = [
    ("quarter", ""),
    ("task/closed", ""),
    ("tasks_export", ""),
]
