"""Addresses of imports; the kind says which import of which register."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views import import_steps, imports

KIND = "imports/<slug:kind>/"
ONE = f"{KIND}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(KIND, imports.imports, name="imports"),
    path(f"{KIND}new/", imports.import_new, name="import_new"),
    path(f"{KIND}template/<slug:template>/", imports.import_template, name="import_template"),
    path(ONE, import_steps.import_page, name="import_page"),
    path(f"{ONE}columns/", import_steps.import_columns, name="import_columns"),
    path(f"{ONE}names/", import_steps.import_names, name="import_names"),
    path(f"{ONE}taking-in/", import_steps.import_take_in, name="import_take_in"),
    path(f"{ONE}progress/", import_steps.import_progress, name="import_progress"),
    path(f"{ONE}drop/", imports.import_drop, name="import_drop"),
    path(f"{ONE}undo/", imports.import_undo, name="import_undo"),
    path(f"{ONE}file/", imports.import_file, name="import_file"),
]
