"""Addresses of readings: below the policies that are read, and what leads to those for owners."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.readings import views

DOCUMENT, OWNERS = "policies/<int:pk>/readers/", "policies/for-owners/"

urlpatterns: list[URLPattern] = [
    path(DOCUMENT, views.policy_readers, name="policy_readers"),
    path(f"{DOCUMENT}choose/", views.policy_audience, name="policy_audience"),
    path(f"{DOCUMENT}file/", views.policy_readings, name="policy_readings"),
    path("policies/versions/<int:pk>/confirm/", views.policy_read, name="policy_read"),
    path(OWNERS, views.owners_guidelines, name="guidelines"),
    path(
        f"{OWNERS}readers/",
        views.owners_guidelines,
        {"place": "policy_readers"},
        name="guideline_readings",
    ),
]
