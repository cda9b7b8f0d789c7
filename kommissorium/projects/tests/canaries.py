"""Places searched for words that not everybody may read (config/tests/test_canaries.py)."""

from __future__ import annotations

from kommissorium.projects.lists import MeasureList, ProjectList

PROJECTS, MEASURES = (
    "columns=" + ",".join(one.code for one in kind.columns) for kind in (ProjectList, MeasureList)
)
ASKED = {
    "projects": ["q=fremmed", "former=1", "standing=red", PROJECTS],
    "projects_file": ["all=1", "q=fremmed"],
    "project_measures": ["q=fremmed", "former=1", MEASURES],
    "project_measures_file": ["all=1"],
}
SHOWING_FOREIGN = [
    ("projects", ""),
    ("projects_file", ""),
    ("project/foreign", ""),
    ("project_history/foreign", ""),
    ("project_measures", ""),
    ("technical_measure/foreign", ""),
]
