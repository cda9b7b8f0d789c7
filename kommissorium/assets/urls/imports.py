"""Addresses of the registers: imports."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import importing, imports

ONE = "assets/imports/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("assets/imports/", imports.asset_imports, name="asset_imports"),
    path("assets/imports/new/", imports.asset_import_new, name="asset_import_new"),
    path(
        "assets/imports/template/<str:kind>/",
        imports.asset_import_template,
        name="asset_import_template",
    ),
    path(ONE, importing.asset_import, name="asset_import"),
    path(f"{ONE}columns/", importing.asset_import_columns, name="asset_import_columns"),
    path(f"{ONE}names/", importing.asset_import_names, name="asset_import_names"),
    path(f"{ONE}taking-in/", importing.asset_import_take_in, name="asset_import_take_in"),
    path(f"{ONE}progress/", importing.asset_import_progress, name="asset_import_progress"),
    path(f"{ONE}drop/", imports.asset_import_drop, name="asset_import_drop"),
    path(f"{ONE}undo/", imports.asset_import_undo, name="asset_import_undo"),
    path(f"{ONE}file/", imports.asset_import_file, name="asset_import_file"),
]
