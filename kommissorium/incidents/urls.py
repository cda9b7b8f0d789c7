"""Addresses of incidents."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.incidents.incident_list import IncidentList
from kommissorium.incidents.views import (
    cases,
    figures,
    handling,
    notifications,
    open_reports,
    reports,
    settings,
)
from kommissorium.registers.views.lists import list_paths

ROOT = "incidents/"
ONE, NOTIFICATION = f"{ROOT}<int:pk>/", f"{ROOT}notifications/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *list_paths(ROOT, IncidentList),
    path(f"{ROOT}report/", reports.incident_report, name="incident_report"),
    path(f"{ROOT}reports/<str:receipt>/", reports.incident_reported, name="incident_reported"),
    path(f"{ROOT}open/", open_reports.incident_open_report, name="incident_open_report"),
    path(f"{ROOT}open/follow/", open_reports.incident_open_follow, name="incident_open_follow"),
    path(f"{ROOT}intake/", open_reports.incident_intake, name="incident_intake"),
    path(f"{ROOT}figures/", figures.incident_figures, name="incident_figures"),
    path(f"{ROOT}figures/file/", figures.incident_figures_file, name="incident_figures_file"),
    path(f"{ROOT}breaches/file/", figures.incident_breaches, name="incident_breaches"),
    path(f"{ROOT}breaches/pdf/", figures.incident_breaches_pdf, name="incident_breaches_pdf"),
    path(f"{ROOT}settings/", settings.incident_settings, name="incident_settings"),
    path(f"{ROOT}settings/token/", settings.incident_token, name="incident_token"),
    path(
        f"{ROOT}settings/checklist/", settings.incident_own_checklist, name="incident_own_checklist"
    ),
    path(ONE, cases.incident, name="incident"),
    path(f"{ONE}clocks/", cases.incident_clocks, name="incident_clocks"),
    path(f"{ONE}triage/", cases.incident_triage, name="incident_triage"),
    path(f"{ONE}history/", cases.incident_history, name="incident_history"),
    path(f"{ONE}handover/", cases.incident_handover, name="incident_handover"),
    path(f"{ROOT}files/<int:pk>/", cases.incident_file, name="incident_file"),
    path(f"{ONE}evaluation/", cases.incident_evaluation_new, name="incident_evaluation_new"),
    path(f"{ROOT}evaluations/<int:pk>/", cases.incident_evaluation, name="incident_evaluation"),
    path(
        f"{ROOT}evaluations/<int:pk>/lesson/",
        cases.incident_lesson_new,
        name="incident_lesson_new",
    ),
    path(
        f"{ROOT}lessons/<int:pk>/removal/",
        cases.incident_lesson_removal,
        name="incident_lesson_removal",
    ),
    path(f"{ONE}names/", handling.incident_names, name="incident_names"),
    path(f"{ONE}begin/", handling.incident_begin, name="incident_begin"),
    path(f"{ONE}<slug:act>/", handling.incident_act, name="incident_act"),
    path(f"{ROOT}parts/<slug:part>/<int:pk>/", handling.incident_part, name="incident_part"),
    path(
        f"{ROOT}known/<int:pk>/",
        notifications.incident_awareness_word,
        name="incident_awareness_word",
    ),
    path(NOTIFICATION, notifications.incident_notification, name="incident_notification"),
    path(
        f"{NOTIFICATION}<slug:act>/",
        notifications.incident_notification_act,
        name="incident_notification_act",
    ),
]
