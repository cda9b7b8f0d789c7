"""Addresses of the registers: register."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.urls import asset
from kommissorium.assets.views import listing

urlpatterns: list[URLPattern] = [
    path("assets/", listing.assets, name="assets"),
    path("assets/file/", listing.assets_file, name="assets_file"),
    path("assets/json/", listing.assets_json, name="assets_json"),
    path("assets/lists/new/", listing.filter_save, name="filter_save"),
    path("assets/lists/<int:pk>/remove/", listing.filter_forget, name="filter_forget"),
    *asset.urlpatterns,
]
