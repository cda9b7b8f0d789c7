"""Addresses of the handbook."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.handbook import views

ROOT = "handbook/"

urlpatterns: list[URLPattern] = [
    path(ROOT, views.handbook, name="handbook"),
    path(f"{ROOT}accessibility/", views.handbook_accessibility, name="handbook_accessibility"),
    path(f"{ROOT}settings/", views.handbook_settings, name="handbook_settings"),
    path(f"{ROOT}<int:pk>/", views.handbook_document, name="handbook_document"),
    path(f"{ROOT}<int:pk>/file/", views.handbook_file, name="handbook_file"),
    path(f"{ROOT}<int:pk>/<str:key>/", views.handbook_section, name="handbook_section"),
]
