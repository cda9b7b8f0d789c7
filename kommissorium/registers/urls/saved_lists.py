"""Addresses of lists that people keep."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views import lists

urlpatterns: list[URLPattern] = [
    path("lists/<slug:code>/new/", lists.saved_list_new, name="saved_list_new"),
    path("lists/<int:pk>/remove/", lists.saved_list_remove, name="saved_list_remove"),
]
