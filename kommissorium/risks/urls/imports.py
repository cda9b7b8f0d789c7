"""Addresses of the register of risks: imports."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.risks.views import imports

ONE = "risks/imports/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("risks/imports/", imports.risk_imports, name="risk_imports"),
    path("risks/imports/new/", imports.risk_import_new, name="risk_import_new"),
    path("risks/imports/template/", imports.risk_import_template, name="risk_import_template"),
    path(ONE, imports.risk_import, name="risk_import"),
    path(f"{ONE}columns/", imports.risk_import_columns, name="risk_import_columns"),
    path(f"{ONE}taking-in/", imports.risk_import_take_in, name="risk_import_take_in"),
    path(f"{ONE}drop/", imports.risk_import_drop, name="risk_import_drop"),
    path(f"{ONE}undo/", imports.risk_import_undo, name="risk_import_undo"),
    path(f"{ONE}file/", imports.risk_import_file, name="risk_import_file"),
]
