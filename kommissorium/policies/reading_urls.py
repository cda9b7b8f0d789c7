"""Addresses of readings and starter texts, and where the owners' guidelines stood."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.policies.views import readings, starters

DOCUMENT = "policies/<int:pk>/"
OLD = "assets/guidelines/"

urlpatterns: list[URLPattern] = [
    path(f"{DOCUMENT}readers/", readings.policy_readers, name="policy_readers"),
    path(f"{DOCUMENT}readers/choose/", readings.policy_audience, name="policy_audience"),
    path(f"{DOCUMENT}readers/file/", readings.policy_readings, name="policy_readings"),
    path("policies/versions/<int:pk>/confirm/", readings.policy_read, name="policy_read"),
    path("policies/starters/", starters.policy_starters, name="policy_starters"),
    path(OLD, readings.former_guidelines, name="guidelines"),
    path(
        f"{OLD}readings/",
        readings.former_guidelines,
        {"place": "policy_readers"},
        name="guideline_readings",
    ),
    path(f"{OLD}<int:key>/", readings.former_guideline, name="guideline"),
    path(
        f"{OLD}<int:key>/file/",
        readings.former_guideline,
        {"edition": "file"},
        name="guideline_file",
    ),
]
