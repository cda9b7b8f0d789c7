"""Addresses of the registers: an asset's page, relations and history, areas and settings."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.assets.views import areas, assets, relations

urlpatterns: list[URLPattern] = [
    path("assets/new/<str:kind>/", assets.asset_new, name="asset_new"),
    path("assets/areas/", areas.areas, name="areas"),
    path("assets/areas/new/", areas.area_new, name="area_new"),
    path("assets/areas/<int:pk>/", areas.area_change, name="area_change"),
    path("assets/areas/<int:pk>/close/", areas.area_close, name="area_close"),
    path("assets/settings/", areas.register_settings, name="register_settings"),
    path("assets/<int:pk>/", assets.asset, name="asset"),
    path("assets/<int:pk>/end/", assets.asset_end, name="asset_end"),
    path("assets/<int:pk>/edit/", assets.asset_change, name="asset_change"),
    path("assets/<int:pk>/edit/<str:group>/", assets.asset_change_group, name="asset_change_group"),
    path(
        "assets/<int:pk>/edit/field/<str:name>/",
        assets.asset_change_field,
        name="asset_change_field",
    ),
    path("assets/<int:pk>/history/", assets.asset_history, name="asset_history"),
    path("assets/<int:pk>/map/", relations.asset_map, name="asset_map"),
    path("assets/<int:pk>/relations/new/", relations.relation_new, name="relation_new"),
    path("assets/<int:pk>/relations/<int:relation>/", relations.relation_end, name="relation_end"),
]
