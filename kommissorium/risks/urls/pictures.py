"""Addresses of the register of risks: pictures and the list."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.risks.views import pictures, risk_list

urlpatterns: list[URLPattern] = [
    path("risks/", pictures.risks, name="risks"),
    path("risks/file/", pictures.risks_overview_file, name="risks_overview_file"),
    path("risks/print/", pictures.risks_print, name="risks_print"),
    path("risks/list/", risk_list.risk_list, name="risk_list"),
    path("risks/list/file/", risk_list.risks_file, name="risks_file"),
    path("risks/areas/", pictures.risk_areas, name="risk_areas"),
    path("risks/areas/file/", pictures.risk_areas_file, name="risk_areas_file"),
    path("risks/development/", pictures.risk_development, name="risk_development"),
    path("risks/development/file/", pictures.risk_development_file, name="risk_development_file"),
]
