"""Addresses of plans of a year and their activities; the slug says which kind."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views import activities

KIND = "activities/<slug:slug>/"
YEAR, ONE = f"{KIND}years/<int:pk>/", f"{KIND}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{KIND}years/new/", activities.activity_plan_new, name="activity_plan_new"),
    path(YEAR, activities.activity_plan, name="activity_plan"),
    path(f"{YEAR}new/", activities.activity_new, name="activity_new"),
    path(ONE, activities.activity, name="activity"),
    path(f"{ONE}change/", activities.activity_change, name="activity_change"),
    path(f"{ONE}remove/", activities.activity_remove, name="activity_remove"),
    path(f"{ONE}hold/", activities.activity_hold, name="activity_hold"),
    path(f"{ONE}call-off/", activities.activity_call_off, name="activity_call_off"),
    path(f"{ONE}finding/", activities.activity_finding, name="activity_finding"),
    path(f"{ONE}history/", activities.activity_history, name="activity_history"),
]
