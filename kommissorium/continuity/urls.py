"""Addresses of continuity, besides those that the kit has for tests and proposals."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kommissorium.continuity import views
from kommissorium.continuity.actions.plans import change_settings
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.lists import ContinuityTestList, ServiceList
from kommissorium.continuity.models import ContinuitySettings
from kommissorium.registers.views.activities import evaluation_new_path, evaluation_path
from kommissorium.registers.views.lists import list_paths
from kommissorium.registers.views.row_pages import settings_path

ROOM, ONE = "continuity/", "continuity/services/<int:pk>/"
COPIES = f"{ROOM}copies/"
BEGAN = f"{ROOM}activations/<slug:code>/<int:pk>/new/"

urlpatterns: list[URLPattern] = [
    *list_paths(ROOM, ServiceList),
    *list_paths(f"{ROOM}tests/", ContinuityTestList),
    path(f"{ROOM}services/new/", views.continuity_service_new, name="continuity_service_new"),
    path(ONE, views.continuity_service, name="continuity_service"),
    path(f"{ONE}edit/", views.continuity_service_edit, name="continuity_service_edit"),
    path(f"{ONE}retire/", views.continuity_service_retire, name="continuity_service_retire"),
    path(f"{ONE}history/", views.continuity_service_history, name="continuity_service_history"),
    path(f"{ONE}plans/new/", views.continuity_plan_new, name="continuity_plan_new"),
    path(f"{ROOM}plans/<int:pk>/", views.continuity_plan, name="continuity_plan"),
    path(f"{ROOM}package/", views.continuity_package, name="continuity_package"),
    evaluation_new_path(f"{ROOM}tests/<int:pk>/evaluate/", EVALUATION, KIND),
    evaluation_path(f"{ROOM}evaluations/", EVALUATION),
    path(BEGAN, views.continuity_activation_new, name="continuity_activation_new"),
    path(COPIES, views.continuity_copies, name="continuity_copies"),
    path(f"{COPIES}new/", views.continuity_copy_new, name="continuity_copy_new"),
    path(
        f"{COPIES}<int:pk>/return/",
        views.continuity_copy_return,
        name="continuity_copy_return",
    ),
    settings_path(
        *(f"{ROOM}settings/", ContinuitySettings, change_settings),
        name="continuity_settings",
        home=views.home,
        title=_("Settings of continuity"),
    ),
]
