"""Addresses of awareness, besides those that the kit has for activities."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kommissorium.awareness import views
from kommissorium.awareness.actions.figures import change_settings
from kommissorium.awareness.awareness_list import AwarenessList
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.models import AwarenessSettings
from kommissorium.registers.views.activities import evaluation_path
from kommissorium.registers.views.lists import list_paths
from kommissorium.registers.views.row_pages import settings_path

ONE, EVALUATIONS = "awareness/<int:pk>/", "awareness/evaluations/"

urlpatterns: list[URLPattern] = [
    *list_paths("awareness/", AwarenessList),
    path(f"{ONE}figures/", views.awareness_figures, name="awareness_figures"),
    path(f"{ONE}completion/", views.awareness_completion, name="awareness_completion"),
    settings_path(
        *("awareness/settings/", AwarenessSettings, change_settings),
        name="awareness_settings",
        home=views.PAGES.home,
        title=_("Settings of awareness"),
    ),
    path(f"{EVALUATIONS}new/", views.awareness_evaluation_new, name="awareness_evaluation_new"),
    evaluation_path(EVALUATIONS, EVALUATION),
]
