"""Addresses of awareness, beside those that the kit has for activities."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.awareness import views
from kommissorium.awareness.awareness_list import AwarenessList
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.registers.views.evaluations import evaluation_path
from kommissorium.registers.views.lists import list_paths

ONE = "awareness/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths("awareness/", AwarenessList),
    path(f"{ONE}figures/", views.awareness_figures, name="awareness_figures"),
    path(f"{ONE}completion/", views.awareness_completion, name="awareness_completion"),
    path("awareness/settings/", views.awareness_settings, name="awareness_settings"),
    path(
        "awareness/evaluations/new/",
        views.awareness_evaluation_new,
        name="awareness_evaluation_new",
    ),
    evaluation_path("awareness/evaluations/", EVALUATION),
]
