"""Addresses of what the registers and the risks tell of an asset together."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.risks.views import assets

urlpatterns: list[URLPattern] = [
    path("assets/<int:pk>/", assets.asset, name="asset"),
    path("assets/<int:pk>/end/", assets.asset_end, name="asset_end"),
]
