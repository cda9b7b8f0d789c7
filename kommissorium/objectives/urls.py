"""Addresses of objectives."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.objectives import views
from kommissorium.objectives.objective_list import ObjectiveList
from kommissorium.registers.views.lists import list_paths

YEAR, ONE = "objectives/years/<int:pk>/", "objectives/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths("objectives/", ObjectiveList, views.objectives),
    path("objectives/years/new/", views.objective_set_new, name="objective_set_new"),
    path(YEAR, views.objective_set, name="objective_set"),
    path(f"{YEAR}new/", views.objective_new, name="objective_new"),
    path(ONE, views.objective, name="objective"),
    path(f"{ONE}change/", views.objective_change, name="objective_change"),
    path(f"{ONE}remove/", views.objective_remove, name="objective_remove"),
    path(f"{ONE}measure/", views.objective_measure, name="objective_measure"),
]
