"""Addresses of readings and starter texts, and what leads to the guidelines for owners."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.policies.views import readings, starters

DOCUMENT = "policies/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{DOCUMENT}readers/", readings.policy_readers, name="policy_readers"),
    path(f"{DOCUMENT}readers/choose/", readings.policy_audience, name="policy_audience"),
    path(f"{DOCUMENT}readers/file/", readings.policy_readings, name="policy_readings"),
    path("policies/versions/<int:pk>/confirm/", readings.policy_read, name="policy_read"),
    path("policies/starters/", starters.policy_starters, name="policy_starters"),
    path("policies/for-owners/", readings.owners_guidelines, name="guidelines"),
    path(
        "policies/for-owners/readers/",
        readings.owners_guidelines,
        {"place": "policy_readers"},
        name="guideline_readings",
    ),
]
