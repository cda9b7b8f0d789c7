"""Addresses of texts: the handbook, comparisons, Word files and imports of documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.policies.views import handbook, text_imports, texts

ROOT, VERSION, IMPORT = "handbook/", "policies/versions/<int:pk>/", "policies/import/"

urlpatterns: list[URLPattern] = [
    path(ROOT, handbook.handbook, name="handbook"),
    path(f"{ROOT}accessibility/", handbook.handbook_accessibility, name="handbook_accessibility"),
    path(f"{ROOT}settings/", handbook.handbook_settings, name="handbook_settings"),
    path(f"{ROOT}<int:pk>/", handbook.handbook_document, name="handbook_document"),
    path(f"{ROOT}<int:pk>/file/", handbook.handbook_file, name="handbook_file"),
    path(f"{ROOT}<int:pk>/<str:key>/", handbook.handbook_section, name="handbook_section"),
    path(f"{VERSION}compare/<int:other>/", texts.policy_compare, name="policy_compare"),
    path(f"{VERSION}word/", texts.policy_take_back, name="policy_take_back"),
    path(f"{VERSION}word/file/", texts.policy_to_edit, name="policy_to_edit"),
    path(IMPORT, text_imports.policy_import, name="policy_import"),
    path(f"{IMPORT}<int:pk>/", text_imports.policy_imported, name="policy_imported"),
    path(f"{IMPORT}<int:pk>/undo/", text_imports.policy_import_undo, name="policy_import_undo"),
]
