"""Addresses of the reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.reports import views, word_views

ONE = "reports/statuses/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("reports/statuses/", views.statuses, name="statuses"),
    path("reports/statuses/new/", views.status_new, name="status_new"),
    path(ONE, views.status, name="status"),
    path(f"{ONE}edit/", views.status_edit, name="status_edit"),
    path(f"{ONE}recompose/", views.status_recompose, name="status_recompose"),
    path(f"{ONE}word/", word_views.status_take_back, name="status_take_back"),
    path(f"{ONE}edited/", word_views.status_edited, name="status_edited"),
    path(f"{ONE}<str:form>/", views.status_file, name="status_file"),
]
