"""Addresses of texts: comparisons, Word files and imports of documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.policies.views import text_imports, texts

VERSION, IMPORT = "policies/versions/<int:pk>/", "policies/import/"

urlpatterns: list[URLPattern] = [
    path(f"{VERSION}compare/<int:other>/", texts.policy_compare, name="policy_compare"),
    path(f"{VERSION}word/", texts.policy_take_back, name="policy_take_back"),
    path(f"{VERSION}word/file/", texts.policy_to_edit, name="policy_to_edit"),
    path(IMPORT, text_imports.policy_import, name="policy_import"),
    path(f"{IMPORT}<int:pk>/", text_imports.policy_imported, name="policy_imported"),
    path(f"{IMPORT}<int:pk>/undo/", text_imports.policy_import_undo, name="policy_import_undo"),
]
