"""Addresses of what all registers have in common."""

from __future__ import annotations

from django.urls import URLPattern

from kommissorium.registers.urls import bulk, imports, proposals, saved_lists, told

urlpatterns: list[URLPattern] = [
    *bulk.urlpatterns,
    *imports.urlpatterns,
    *proposals.urlpatterns,
    *saved_lists.urlpatterns,
    *told.urlpatterns,
]
