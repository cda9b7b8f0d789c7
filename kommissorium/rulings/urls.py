"""Addresses of rulings: below the policies that they are about."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views.lists import list_paths
from kommissorium.rulings import views
from kommissorium.rulings.lists import DispensationList, InterpretationList

ROOT = "policies/"
DOCUMENT, ONE = f"{ROOT}<int:pk>/", f"{ROOT}dispensations/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths(f"{ROOT}interpretations/", InterpretationList),
    *list_paths(f"{ROOT}dispensations/", DispensationList),
    path(f"{DOCUMENT}question/", views.interpretation_new, name="interpretation_new"),
    path(f"{ROOT}interpretations/<int:pk>/", views.interpretation, name="interpretation"),
    path(f"{DOCUMENT}dispensation/", views.dispensation_new, name="dispensation_new"),
    path(ONE, views.dispensation, name="dispensation"),
    path(f"{ONE}change/", views.dispensation_change, name="dispensation_change"),
    path(f"{ONE}renew/", views.dispensation_renew, name="dispensation_renew"),
    path(f"{ONE}end/", views.dispensation_end, name="dispensation_end"),
    path(
        f"{ROOT}rulings/<slug:slug>/<int:pk>/rule/",
        views.ruling_change_rule,
        name="ruling_change_rule",
    ),
]
