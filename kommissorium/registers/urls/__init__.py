"""Addresses of what all registers have in common."""

from __future__ import annotations

from django.urls import URLPattern

from kommissorium.registers.urls import activities, bulk, imports, proposals, saved_lists

urlpatterns: list[URLPattern] = [
    *activities.urlpatterns,
    *bulk.urlpatterns,
    *imports.urlpatterns,
    *proposals.urlpatterns,
    *saved_lists.urlpatterns,
]
