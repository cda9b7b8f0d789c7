"""Addresses of the register of risks: pictures and the list."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views.lists import list_paths
from kommissorium.risks.risk_list import RiskList
from kommissorium.risks.views import pictures

urlpatterns: list[URLPattern] = [
    path("risks/", pictures.risks, name="risks"),
    path("risks/file/", pictures.risks_overview_file, name="risks_overview_file"),
    path("risks/print/", pictures.risks_print, name="risks_print"),
    *list_paths("risks/list/", RiskList),
    path("risks/areas/", pictures.risk_areas, name="risk_areas"),
    path("risks/areas/file/", pictures.risk_areas_file, name="risk_areas_file"),
    path("risks/development/", pictures.risk_development, name="risk_development"),
    path("risks/development/file/", pictures.risk_development_file, name="risk_development_file"),
]
