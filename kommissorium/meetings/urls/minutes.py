"""Addresses of minutes."""

from __future__ import annotations

from django.urls import path

from kommissorium.meetings.views import minutes, minutes_files

urlpatterns = [
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/review/", minutes.review, name="minutes_review"),
    path("meetings/<int:pk>/minutes/comments/add/", minutes.comment_add, name="comment_add"),
    path("comments/<int:pk>/settlement/", minutes.comment_settlement, name="comment_settlement"),
    path("meetings/<int:pk>/minutes/reading/", minutes.reading, name="minutes_read"),
    path(
        "meetings/<int:pk>/minutes/addendum/",
        minutes_files.minutes_addendum,
        name="minutes_addendum",
    ),
    path(
        "meetings/<int:pk>/minutes/file/<str:form>/",
        minutes_files.minutes_file,
        name="minutes_file",
    ),
    path("items/<int:pk>/extract/<str:form>/", minutes_files.item_extract, name="item_extract"),
    path("meetings/<int:pk>/handover/", minutes_files.handover, name="meeting_handover"),
    path(
        "meetings/<int:pk>/handover/file/",
        minutes_files.handover_file,
        name="meeting_handover_file",
    ),
]
