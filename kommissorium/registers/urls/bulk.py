"""Addresses of changes of many rows at once; the code says of which list."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views import bulk

urlpatterns: list[URLPattern] = [
    path("lists/<slug:code>/change/", bulk.bulk_new, name="bulk_new"),
    path("lists/changes/<int:pk>/", bulk.bulk_change, name="bulk_change"),
    path("lists/changes/<int:pk>/undo/", bulk.bulk_undo, name="bulk_undo"),
]
