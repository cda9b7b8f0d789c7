"""Addresses of continuity, beside those that the kit has for tests and proposals."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.continuity import paper_views, views
from kommissorium.continuity.service_list import ServiceList
from kommissorium.continuity.testing_list import ContinuityTestList
from kommissorium.registers.views.lists import list_paths

ROOM, ONE = "continuity/", "continuity/services/<int:pk>/"
PLAN, COPIES = "continuity/plans/<int:pk>/", "continuity/copies/"

urlpatterns: list[URLPattern] = [
    *list_paths(ROOM, ServiceList),
    *list_paths(f"{ROOM}tests/", ContinuityTestList),
    path(f"{ROOM}services/new/", views.continuity_service_new, name="continuity_service_new"),
    path(ONE, views.continuity_service, name="continuity_service"),
    path(f"{ONE}edit/", views.continuity_service_edit, name="continuity_service_edit"),
    path(f"{ONE}retire/", views.continuity_service_retire, name="continuity_service_retire"),
    path(f"{ONE}history/", views.continuity_service_history, name="continuity_service_history"),
    path(f"{ONE}plans/new/", views.continuity_plan_new, name="continuity_plan_new"),
    path(PLAN, views.continuity_plan, name="continuity_plan"),
    path(f"{PLAN}edit/", views.continuity_plan_edit, name="continuity_plan_edit"),
    path(f"{ROOM}package/", paper_views.continuity_package, name="continuity_package"),
    path(
        f"{ROOM}tests/<int:pk>/evaluate/",
        views.continuity_evaluation_new,
        name="continuity_evaluation_new",
    ),
    path(
        f"{ROOM}activations/<slug:code>/<int:pk>/new/",
        views.continuity_activation_new,
        name="continuity_activation_new",
    ),
    path(f"{ROOM}evaluations/<int:pk>/", views.continuity_evaluation, name="continuity_evaluation"),
    path(COPIES, paper_views.continuity_copies, name="continuity_copies"),
    path(f"{COPIES}new/", paper_views.continuity_copy_new, name="continuity_copy_new"),
    path(
        f"{COPIES}<int:pk>/return/",
        paper_views.continuity_copy_return,
        name="continuity_copy_return",
    ),
    path(f"{ROOM}settings/", paper_views.continuity_settings, name="continuity_settings"),
]
