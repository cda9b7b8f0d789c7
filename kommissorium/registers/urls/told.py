"""Addresses of what is told of a quarter or a year; the slug says which kind."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.registers.views import told, told_word

ONE = "told/<slug:slug>/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}edit/", told.told_edit, name="told_edit"),
    path(f"{ONE}recompose/", told.told_recompose, name="told_recompose"),
    path(f"{ONE}close/<slug:code>/", told.told_close, name="told_close"),
    path(f"{ONE}word/", told_word.told_take_back, name="told_take_back"),
    path(f"{ONE}edited/", told_word.told_edited, name="told_edited"),
    path(f"{ONE}file/<slug:form>/", told.told_file, name="told_file"),
]
