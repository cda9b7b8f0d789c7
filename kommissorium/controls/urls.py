"""Addresses of the statement of applicability."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.controls import views
from kommissorium.controls.control_list import ControlList
from kommissorium.registers.views.lists import list_paths

urlpatterns: list[URLPattern] = [
    *list_paths("controls/", ControlList),
    path("controls/begin/", views.controls_begin, name="controls_begin"),
    path("controls/decide/", views.controls_decide, name="controls_decide"),
    path("controls/versions/new/", views.soa_new, name="soa_new"),
    path("controls/versions/<int:pk>/", views.soa, name="soa"),
    path("controls/versions/<int:pk>/file/", views.soa_workbook, name="soa_workbook"),
    path("controls/<int:pk>/", views.control, name="control"),
    path("controls/<int:pk>/change/", views.control_change, name="control_change"),
]
