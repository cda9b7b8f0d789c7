"""Addresses of projects, technical measures, and their status in a quarter."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.projects.lists import MeasureList, ProjectList
from kommissorium.projects.views import measures, projects
from kommissorium.registers.views.lists import list_paths

ONE = "projects/<int:pk>/"
STEP = "projects/milestones/<int:pk>/"
MEASURE = "projects/measures/<int:pk>/"
STATUS = "projects/statuses/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths("projects/", ProjectList),
    path("projects/new/", projects.project_new, name="project_new"),
    path(ONE, projects.project, name="project"),
    path(f"{ONE}change/", projects.project_change, name="project_change"),
    path(f"{ONE}tell/", projects.project_tell, name="project_tell"),
    path(f"{ONE}history/", projects.project_history, name="project_history"),
    path(f"{ONE}milestones/new/", projects.milestone_new, name="milestone_new"),
    path(f"{STEP}change/", projects.milestone_change, name="milestone_change"),
    path(f"{STEP}remove/", projects.milestone_remove, name="milestone_remove"),
    *list_paths("projects/measures/", MeasureList),
    path("projects/measures/new/", measures.measure_new, name="measure_new"),
    path(MEASURE, measures.technical_measure, name="technical_measure"),
    path(f"{MEASURE}change/", measures.measure_change, name="measure_change"),
    path(f"{MEASURE}retire/", measures.measure_retire, name="measure_retire"),
    path(f"{MEASURE}state/", measures.measure_state, name="measure_state"),
    path("projects/statuses/new/", measures.work_status_new, name="work_status_new"),
    path(STATUS, measures.work_status, name="work_status"),
    path(f"{STATUS}states/", measures.work_status_states, name="work_status_states"),
]
