"""Addresses of the registers: the list of assets."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.urls import asset
from kommissorium.assets.views import json_export
from kommissorium.registers.views.lists import list_paths

urlpatterns: list[URLPattern] = [
    *list_paths("assets/", AssetList),
    path("assets/json/", json_export.assets_json, name="assets_json"),
    *asset.urlpatterns,
]
