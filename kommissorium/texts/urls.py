"""Addresses of texts: below the policies whose they are."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.texts.views import beginnings, drafts

IMPORT, VERSION = "policies/import/", "policies/versions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("policies/starters/", beginnings.policy_starters, name="policy_starters"),
    path(IMPORT, beginnings.policy_import, name="policy_import"),
    path(f"{IMPORT}<int:pk>/", beginnings.policy_imported, name="policy_imported"),
    path(f"{IMPORT}<int:pk>/undo/", beginnings.policy_import_undo, name="policy_import_undo"),
    path(f"{VERSION}compare/<int:other>/", drafts.policy_compare, name="policy_compare"),
    path(f"{VERSION}word/", drafts.policy_take_back, name="policy_take_back"),
    path(f"{VERSION}word/file/", drafts.policy_to_edit, name="policy_to_edit"),
]
