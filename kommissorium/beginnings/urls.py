"""Addresses of starter texts and imports of documents: below the policies that they become."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.beginnings.views import imports, starters

IMPORT = "policies/import/"

urlpatterns: list[URLPattern] = [
    path("policies/starters/", starters.policy_starters, name="policy_starters"),
    path(IMPORT, imports.policy_import, name="policy_import"),
    path(f"{IMPORT}<int:pk>/", imports.policy_imported, name="policy_imported"),
    path(f"{IMPORT}<int:pk>/undo/", imports.policy_import_undo, name="policy_import_undo"),
]
