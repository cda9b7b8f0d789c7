"""Addresses of decisions."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import decisions

urlpatterns = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/excel/", decisions.decisions_excel, name="decisions_excel"),
    path("decisions/<int:pk>/weighing/", decisions.weighing, name="decision_weighing"),
]
